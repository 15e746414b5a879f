using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Fetcher.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "drills",
                columns: table => new
                {
                    drill_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    asked_at = table.Column<long>(type: "bigint", nullable: false),
                    asked_by = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    channels = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    under_way = table.Column<int>(type: "int", nullable: true),
                    taken_at = table.Column<long>(type: "bigint", nullable: true),
                    taken_by = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                    slice_to = table.Column<long>(type: "bigint", nullable: true),
                    published_at = table.Column<long>(type: "bigint", nullable: true),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    closed_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    outcome = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drills", x => x.drill_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "fetcher_fields",
                columns: table => new
                {
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    field = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    seen = table.Column<long>(type: "bigint", nullable: false),
                    had = table.Column<long>(type: "bigint", nullable: false),
                    missing = table.Column<long>(type: "bigint", nullable: false),
                    missing_since = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_fields", x => new { x.source, x.field });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "fetcher_odd_records",
                columns: table => new
                {
                    record_key = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    slice_from = table.Column<long>(type: "bigint", nullable: false),
                    slice_to = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: false),
                    used = table.Column<int>(type: "int", nullable: false),
                    account = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true, collation: "utf8mb4_0900_bin"),
                    raw = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_odd_records", x => x.record_key);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "fetcher_slices",
                columns: table => new
                {
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    slice_from = table.Column<long>(type: "bigint", nullable: false),
                    slice_to = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    attempts = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    events = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    fingerprint = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    asked_at = table.Column<long>(type: "bigint", nullable: true),
                    failed_since = table.Column<long>(type: "bigint", nullable: true),
                    published_at = table.Column<long>(type: "bigint", nullable: true),
                    covered_at = table.Column<long>(type: "bigint", nullable: true),
                    delayed_by = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_slices", x => new { x.source, x.slice_from, x.slice_to });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "fetcher_sources",
                columns: table => new
                {
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    watermark = table.Column<long>(type: "bigint", nullable: false),
                    lease_owner = table.Column<string>(type: "varchar(128)", maxLength: 128, nullable: true, collation: "utf8mb4_0900_bin"),
                    lease_until = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    polled_at = table.Column<long>(type: "bigint", nullable: true),
                    stopped = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    clock_ahead = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    late_by = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    late_at = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_sources", x => x.source);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "uq_drills_under_way",
                table: "drills",
                column: "under_way",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fetcher_odd_records_seen",
                table: "fetcher_odd_records",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_fetcher_slices_state",
                table: "fetcher_slices",
                columns: new[] { "source", "state", "slice_from" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "drills");

            migrationBuilder.DropTable(
                name: "fetcher_fields");

            migrationBuilder.DropTable(
                name: "fetcher_odd_records");

            migrationBuilder.DropTable(
                name: "fetcher_slices");

            migrationBuilder.DropTable(
                name: "fetcher_sources");
        }
    }
}
