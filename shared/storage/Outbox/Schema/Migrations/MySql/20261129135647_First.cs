using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Storage.Outbox.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    owner = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    message_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    destination = table.Column<string>(type: "varchar(512)", maxLength: 512, nullable: false),
                    content_type = table.Column<string>(type: "varchar(128)", maxLength: 128, nullable: false),
                    message_type = table.Column<string>(type: "varchar(2000)", maxLength: 2000, nullable: false),
                    body = table.Column<string>(type: "mediumtext", nullable: false),
                    headers = table.Column<string>(type: "text", nullable: true),
                    properties = table.Column<string>(type: "text", nullable: true),
                    correlation_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    conversation_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    initiator_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    source = table.Column<string>(type: "varchar(512)", maxLength: 512, nullable: true),
                    sent_at = table.Column<long>(type: "bigint", nullable: false),
                    deliver_at = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_due",
                table: "outbox",
                columns: new[] { "owner", "deliver_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_message",
                table: "outbox",
                column: "message_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outbox");
        }
    }
}
