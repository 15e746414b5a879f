using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.OperatorConsole.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class Counts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "event_count",
                table: "console_alerts",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "threshold",
                table: "console_alerts",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "window_from",
                table: "console_alerts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "window_to",
                table: "console_alerts",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "event_count",
                table: "console_alerts");

            migrationBuilder.DropColumn(
                name: "threshold",
                table: "console_alerts");

            migrationBuilder.DropColumn(
                name: "window_from",
                table: "console_alerts");

            migrationBuilder.DropColumn(
                name: "window_to",
                table: "console_alerts");
        }
    }
}
