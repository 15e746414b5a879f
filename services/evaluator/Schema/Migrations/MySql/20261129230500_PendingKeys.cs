using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.MySql
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
                    trigger_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    rule = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: false, collation: "utf8mb4_0900_bin"),
                    raise_at = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_pending", x => x.trigger_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

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
