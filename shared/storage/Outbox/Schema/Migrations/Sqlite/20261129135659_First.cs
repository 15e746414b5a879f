using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Storage.Outbox.Schema.Migrations.Sqlite
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
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    owner = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    destination = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    message_type = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    headers = table.Column<string>(type: "TEXT", nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    correlation_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    initiator_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    deliver_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.id);
                });

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
