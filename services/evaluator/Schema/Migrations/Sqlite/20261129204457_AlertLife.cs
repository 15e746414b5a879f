using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "snoozed_until",
                table: "sigma_cloud_events_tracker_triggers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "last_told",
                table: "sigma_cloud_events_tracker_triggers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "evaluator_alert_notes",
                columns: table => new
                {
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    command_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    what = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    done_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    comment = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    assigned_to = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    snoozed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_alert_notes", x => new { x.alert_id, x.command_id });
                });

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
