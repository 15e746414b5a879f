using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class Kinds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "sigma_cloud_events_tracker_triggers",
                type: "varchar(16)",
                maxLength: 16,
                nullable: true,
                collation: "utf8mb4_0900_bin");

            migrationBuilder.AddColumn<string>(
                name: "category",
                table: "sigma_cloud_events_tracker_triggers",
                type: "varchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "summary",
                table: "sigma_cloud_events_tracker_triggers",
                type: "varchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "value",
                table: "sigma_cloud_events_tracker_triggers",
                type: "double",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "limit_value",
                table: "sigma_cloud_events_tracker_triggers",
                type: "double",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "unit",
                table: "sigma_cloud_events_tracker_triggers",
                type: "varchar(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "url",
                table: "sigma_cloud_events_tracker_triggers",
                type: "varchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "annotations",
                table: "sigma_cloud_events_tracker_triggers",
                type: "mediumtext",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "evaluator_heard",
                columns: table => new
                {
                    trigger_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    rule = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: false, collation: "utf8mb4_0900_bin"),
                    heard_at = table.Column<long>(type: "bigint", nullable: false),
                    heard_since = table.Column<long>(type: "bigint", nullable: false),
                    fails = table.Column<int>(type: "int", nullable: false),
                    said = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    due_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_heard", x => x.trigger_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_intake",
                columns: table => new
                {
                    gateway = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    slice_from = table.Column<long>(type: "bigint", nullable: false),
                    slice_to = table.Column<long>(type: "bigint", nullable: false),
                    batches = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_intake", x => new { x.gateway, x.slice_from });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_intake_parts",
                columns: table => new
                {
                    gateway = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    slice_from = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_intake_parts", x => new { x.gateway, x.slice_from, x.number });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_reported",
                columns: table => new
                {
                    trigger_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    condition_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    rule = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: false, collation: "utf8mb4_0900_bin"),
                    external_id = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false, collation: "utf8mb4_0900_bin"),
                    fires = table.Column<int>(type: "int", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    reported_at = table.Column<long>(type: "bigint", nullable: false),
                    lease_until = table.Column<long>(type: "bigint", nullable: true),
                    title = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    severity = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: true),
                    url = table.Column<string>(type: "varchar(2000)", maxLength: 2000, nullable: true),
                    annotations = table.Column<string>(type: "mediumtext", nullable: true),
                    due_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_reported", x => new { x.trigger_id, x.condition_id });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_series",
                columns: table => new
                {
                    trigger_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    series_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    rule = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: false, collation: "utf8mb4_0900_bin"),
                    series = table.Column<string>(type: "varchar(200)", maxLength: 200, nullable: false, collation: "utf8mb4_0900_bin"),
                    measured_at = table.Column<long>(type: "bigint", nullable: false),
                    value = table.Column<double>(type: "double", nullable: true),
                    beyond_since = table.Column<long>(type: "bigint", nullable: true),
                    normal_since = table.Column<long>(type: "bigint", nullable: true),
                    due_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_series", x => new { x.trigger_id, x.series_id });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_heard_due",
                table: "evaluator_heard",
                columns: new[] { "rule", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_intake_time",
                table: "evaluator_intake",
                column: "slice_from");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_intake_parts_time",
                table: "evaluator_intake_parts",
                column: "slice_from");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_reported_due",
                table: "evaluator_reported",
                columns: new[] { "rule", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_series_due",
                table: "evaluator_series",
                columns: new[] { "rule", "due_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "evaluator_heard");

            migrationBuilder.DropTable(
                name: "evaluator_intake");

            migrationBuilder.DropTable(
                name: "evaluator_intake_parts");

            migrationBuilder.DropTable(
                name: "evaluator_reported");

            migrationBuilder.DropTable(
                name: "evaluator_series");

            migrationBuilder.DropColumn(
                name: "annotations",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "category",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "limit_value",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "summary",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "unit",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "url",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "value",
                table: "sigma_cloud_events_tracker_triggers");
        }
    }
}
