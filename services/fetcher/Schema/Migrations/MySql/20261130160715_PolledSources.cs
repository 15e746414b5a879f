using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Fetcher.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class PolledSources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "fetcher_conditions",
                columns: table => new
                {
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    condition_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    external_id = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false, collation: "utf8mb4_0900_bin"),
                    fires = table.Column<int>(type: "int", nullable: false),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: false),
                    severity = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: true, collation: "utf8mb4_0900_bin"),
                    title = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    url = table.Column<string>(type: "varchar(2000)", maxLength: 2000, nullable: true),
                    started_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    reported_at = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: false),
                    as_of = table.Column<long>(type: "bigint", nullable: true),
                    fingerprint = table.Column<byte[]>(type: "binary(16)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_conditions", x => new { x.source, x.condition_id });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "fetcher_polled",
                columns: table => new
                {
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    lease_owner = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    lease_until = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    begun_at = table.Column<long>(type: "bigint", nullable: true),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    state_since = table.Column<long>(type: "bigint", nullable: true),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    polled_at = table.Column<long>(type: "bigint", nullable: true),
                    succeeded_at = table.Column<long>(type: "bigint", nullable: true),
                    failing_since = table.Column<long>(type: "bigint", nullable: true),
                    failures = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    runs = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_polled", x => x.source);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "fetcher_polled_runs",
                columns: table => new
                {
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    run = table.Column<long>(type: "bigint", nullable: false),
                    begun_at = table.Column<long>(type: "bigint", nullable: false),
                    took_ms = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    fired = table.Column<int>(type: "int", nullable: false),
                    resolved = table.Column<int>(type: "int", nullable: false),
                    samples = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_polled_runs", x => new { x.source, x.run });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_fetcher_conditions_seen",
                table: "fetcher_conditions",
                column: "seen_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "fetcher_conditions");

            migrationBuilder.DropTable(
                name: "fetcher_polled");

            migrationBuilder.DropTable(
                name: "fetcher_polled_runs");
        }
    }
}
