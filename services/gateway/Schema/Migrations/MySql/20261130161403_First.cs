using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Gateway.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "gateway_books",
                columns: table => new
                {
                    book = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gateway_books", x => x.book);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "gateway_confirmations",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    integration = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    kind = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    address = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    tries = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gateway_confirmations", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "gateway_intake",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    delivery_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    integration = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    kind = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    via = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false),
                    received_at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    place = table.Column<string>(type: "varchar(200)", maxLength: 200, nullable: true),
                    reason = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: true),
                    items = table.Column<int>(type: "int", nullable: false),
                    duplicates = table.Column<int>(type: "int", nullable: false),
                    tries = table.Column<int>(type: "int", nullable: false),
                    body_bytes = table.Column<int>(type: "int", nullable: false),
                    headers = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<byte[]>(type: "mediumblob", nullable: false),
                    understood = table.Column<byte[]>(type: "mediumblob", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gateway_intake", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "gateway_open",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    integration = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    external_id = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false, collation: "utf8mb4_0900_bin"),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: false, collation: "utf8mb4_0900_bin"),
                    severity = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: true),
                    opened = table.Column<int>(type: "int", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    reported_at = table.Column<long>(type: "bigint", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    lease_until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gateway_open", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "gateway_revisions",
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
                    table.PrimaryKey("PK_gateway_revisions", x => new { x.book, x.revision });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "gateway_seen",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    delivery_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gateway_seen", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_gateway_confirmations_due",
                table: "gateway_confirmations",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ix_gateway_intake_delivery",
                table: "gateway_intake",
                column: "delivery_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_gateway_intake_integration",
                table: "gateway_intake",
                columns: new[] { "integration", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_gateway_intake_state",
                table: "gateway_intake",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_gateway_intake_time",
                table: "gateway_intake",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_gateway_open_time",
                table: "gateway_open",
                column: "reported_at");

            migrationBuilder.CreateIndex(
                name: "ix_gateway_revisions_name",
                table: "gateway_revisions",
                columns: new[] { "book", "name", "revision" });

            migrationBuilder.CreateIndex(
                name: "ix_gateway_seen_time",
                table: "gateway_seen",
                column: "seen_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "gateway_books");

            migrationBuilder.DropTable(
                name: "gateway_confirmations");

            migrationBuilder.DropTable(
                name: "gateway_intake");

            migrationBuilder.DropTable(
                name: "gateway_open");

            migrationBuilder.DropTable(
                name: "gateway_revisions");

            migrationBuilder.DropTable(
                name: "gateway_seen");
        }
    }
}
