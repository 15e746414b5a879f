using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RuleBook : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "rule_revision",
                table: "sigma_cloud_events_tracker_triggers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "shadow",
                table: "sigma_cloud_events_tracker_triggers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "evaluator_books",
                columns: table => new
                {
                    book = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_books", x => x.book);
                });

            migrationBuilder.CreateTable(
                name: "evaluator_revisions",
                columns: table => new
                {
                    book = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    what_changed = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: true),
                    changed_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    why = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_revisions", x => new { x.book, x.revision });
                });

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_revisions_name",
                table: "evaluator_revisions",
                columns: new[] { "book", "name", "revision" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "evaluator_books");

            migrationBuilder.DropTable(
                name: "evaluator_revisions");

            migrationBuilder.DropColumn(
                name: "rule_revision",
                table: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropColumn(
                name: "shadow",
                table: "sigma_cloud_events_tracker_triggers");
        }
    }
}
