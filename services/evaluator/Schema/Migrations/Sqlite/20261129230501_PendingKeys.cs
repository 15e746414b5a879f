using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PendingKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "evaluator_pending",
                columns: table => new
                {
                    trigger_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    labels = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    raise_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_pending", x => x.trigger_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_pending_due",
                table: "evaluator_pending",
                column: "due_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "evaluator_pending");
        }
    }
}
