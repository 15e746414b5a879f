using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.MySql
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
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "acknowledged_by",
                table: "sigma_cloud_events_tracker_triggers",
                type: "varchar(100)",
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
