using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Life : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "acknowledged_at",
                table: "sigma_cloud_events_tracker_triggers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "acknowledged_by",
                table: "sigma_cloud_events_tracker_triggers",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_triggers_alert",
                table: "sigma_cloud_events_tracker_triggers",
                column: "alert_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_triggers_alert",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "acknowledged_at",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "acknowledged_by",
                table: "sigma_cloud_events_tracker_triggers");
        }
    }
}
