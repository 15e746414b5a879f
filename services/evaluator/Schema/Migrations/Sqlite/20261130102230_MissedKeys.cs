using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MissedKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "known_until",
                table: "evaluator_series",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "known_until",
                table: "evaluator_reported",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "missed",
                table: "evaluator_pending",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "known_until",
                table: "evaluator_series");

            migrationBuilder.DropColumn(
                name: "known_until",
                table: "evaluator_reported");

            migrationBuilder.DropColumn(
                name: "missed",
                table: "evaluator_pending");
        }
    }
}
