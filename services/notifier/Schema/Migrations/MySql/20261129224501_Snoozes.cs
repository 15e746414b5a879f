using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Notifier.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class Snoozes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "notifier_snoozes",
                columns: table => new
                {
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    ends_at = table.Column<long>(type: "bigint", nullable: true),
                    snoozed_by = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false),
                    comment = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    reminders = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    ended_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_snoozes", x => x.alert_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_snoozes_ended",
                table: "notifier_snoozes",
                columns: new[] { "ended_at", "ends_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notifier_snoozes");
        }
    }
}
