using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Notifier.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class Routing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "acknowledged_at",
                table: "sigma_cloud_events_tracker_registers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "acknowledged_by",
                table: "sigma_cloud_events_tracker_registers",
                type: "varchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "acknowledged_at",
                table: "notifier_drills",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "acknowledged_by",
                table: "notifier_drills",
                type: "varchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "escalation",
                table: "notifier_deliveries",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "notifier_books",
                columns: table => new
                {
                    book = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_books", x => x.book);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "notifier_decisions",
                columns: table => new
                {
                    decision_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    decided_at = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    channel = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: true, collation: "utf8mb4_0900_bin"),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_decisions", x => x.decision_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "notifier_escalations",
                columns: table => new
                {
                    escalation_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    policy = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    steps = table.Column<string>(type: "text", nullable: false),
                    next_step = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_escalations", x => x.escalation_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "notifier_revisions",
                columns: table => new
                {
                    book = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    what_changed = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false),
                    body = table.Column<string>(type: "mediumtext", nullable: true),
                    changed_by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false),
                    why = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: true),
                    changed_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_revisions", x => new { x.book, x.revision });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "notifier_silences",
                columns: table => new
                {
                    silence_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    matchers = table.Column<string>(type: "text", nullable: false),
                    starts_at = table.Column<long>(type: "bigint", nullable: false),
                    ends_at = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false),
                    why = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_silences", x => x.silence_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_registers_open",
                table: "sigma_cloud_events_tracker_registers",
                columns: new[] { "cleared_at", "alert_id" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_alert",
                table: "notifier_decisions",
                columns: new[] { "alert_id", "decided_at" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_decided",
                table: "notifier_decisions",
                column: "decided_at");

            migrationBuilder.CreateIndex(
                name: "ix_escalations_alert",
                table: "notifier_escalations",
                column: "alert_id");

            migrationBuilder.CreateIndex(
                name: "ix_escalations_ended",
                table: "notifier_escalations",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "ix_escalations_state",
                table: "notifier_escalations",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notifier_revisions_name",
                table: "notifier_revisions",
                columns: new[] { "book", "name", "revision" });

            migrationBuilder.CreateIndex(
                name: "ix_silences_ends",
                table: "notifier_silences",
                column: "ends_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notifier_books");

            migrationBuilder.DropTable(
                name: "notifier_decisions");

            migrationBuilder.DropTable(
                name: "notifier_escalations");

            migrationBuilder.DropTable(
                name: "notifier_revisions");

            migrationBuilder.DropTable(
                name: "notifier_silences");

            migrationBuilder.DropIndex(
                name: "ix_registers_open",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "acknowledged_at",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "acknowledged_by",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "acknowledged_at",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "acknowledged_by",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "escalation",
                table: "notifier_deliveries");
        }
    }
}
