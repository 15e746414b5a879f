using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Notifier.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class Kinds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "notifier_drills",
                type: "varchar(16)",
                maxLength: 16,
                nullable: true,
                collation: "utf8mb4_0900_bin");

            migrationBuilder.AddColumn<string>(
                name: "category",
                table: "notifier_drills",
                type: "varchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "summary",
                table: "notifier_drills",
                type: "varchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "value",
                table: "notifier_drills",
                type: "double",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "limit_value",
                table: "notifier_drills",
                type: "double",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "unit",
                table: "notifier_drills",
                type: "varchar(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "url",
                table: "notifier_drills",
                type: "varchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "annotations",
                table: "notifier_drills",
                type: "mediumtext",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "cleared_value",
                table: "notifier_drills",
                type: "double",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "sigma_cloud_events_tracker_registers",
                type: "varchar(16)",
                maxLength: 16,
                nullable: true,
                collation: "utf8mb4_0900_bin");

            migrationBuilder.AddColumn<string>(
                name: "category",
                table: "sigma_cloud_events_tracker_registers",
                type: "varchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "summary",
                table: "sigma_cloud_events_tracker_registers",
                type: "varchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "value",
                table: "sigma_cloud_events_tracker_registers",
                type: "double",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "limit_value",
                table: "sigma_cloud_events_tracker_registers",
                type: "double",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "unit",
                table: "sigma_cloud_events_tracker_registers",
                type: "varchar(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "url",
                table: "sigma_cloud_events_tracker_registers",
                type: "varchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "annotations",
                table: "sigma_cloud_events_tracker_registers",
                type: "mediumtext",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "cleared_value",
                table: "sigma_cloud_events_tracker_registers",
                type: "double",
                nullable: true);

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "annotations",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "category",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "cleared_value",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "limit_value",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "summary",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "unit",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "url",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "value",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "annotations",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "category",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "cleared_value",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "limit_value",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "summary",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "unit",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "url",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "value",
                table: "notifier_drills");
        }
    }
}
