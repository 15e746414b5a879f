using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.MySql
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
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "shadow",
                table: "sigma_cloud_events_tracker_triggers",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "evaluator_books",
                columns: table => new
                {
                    book = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_books", x => x.book);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_revisions",
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
                    table.PrimaryKey("PK_evaluator_revisions", x => new { x.book, x.revision });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

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
