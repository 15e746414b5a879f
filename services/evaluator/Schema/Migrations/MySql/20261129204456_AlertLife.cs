using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class AlertLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "assigned_to",
                table: "sigma_cloud_events_tracker_triggers",
                type: "varchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "snoozed_until",
                table: "sigma_cloud_events_tracker_triggers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "last_told",
                table: "sigma_cloud_events_tracker_triggers",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "evaluator_alert_notes",
                columns: table => new
                {
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    command_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    what = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false),
                    done_by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false),
                    comment = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: true),
                    assigned_to = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true),
                    snoozed_until = table.Column<long>(type: "bigint", nullable: true),
                    done_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_alert_notes", x => new { x.alert_id, x.command_id });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_alert_notes_time",
                table: "evaluator_alert_notes",
                column: "done_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "evaluator_alert_notes");

            migrationBuilder.DropColumn(
                name: "assigned_to",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "last_told",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "snoozed_until",
                table: "sigma_cloud_events_tracker_triggers");
        }
    }
}
