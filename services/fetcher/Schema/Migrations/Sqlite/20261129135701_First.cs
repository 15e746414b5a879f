using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Fetcher.Schema.Migrations.Sqlite
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
                    drill_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    asked_by = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    channels = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    under_way = table.Column<int>(type: "INTEGER", nullable: true),
                    taken_at = table.Column<long>(type: "INTEGER", nullable: true),
                    taken_by = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    slice_to = table.Column<long>(type: "INTEGER", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drills", x => x.drill_id);
                });

            migrationBuilder.CreateTable(
                name: "fetcher_fields",
                columns: table => new
                {
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    seen = table.Column<long>(type: "INTEGER", nullable: false),
                    had = table.Column<long>(type: "INTEGER", nullable: false),
                    missing = table.Column<long>(type: "INTEGER", nullable: false),
                    missing_since = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_fields", x => new { x.source, x.field });
                });

            migrationBuilder.CreateTable(
                name: "fetcher_odd_records",
                columns: table => new
                {
                    record_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    slice_from = table.Column<long>(type: "INTEGER", nullable: false),
                    slice_to = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    used = table.Column<int>(type: "INTEGER", nullable: false),
                    account = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    raw = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_odd_records", x => x.record_key);
                });

            migrationBuilder.CreateTable(
                name: "fetcher_slices",
                columns: table => new
                {
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    slice_from = table.Column<long>(type: "INTEGER", nullable: false),
                    slice_to = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    events = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    fingerprint = table.Column<byte[]>(type: "BLOB", nullable: true),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failed_since = table.Column<long>(type: "INTEGER", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    covered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    delayed_by = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_slices", x => new { x.source, x.slice_from, x.slice_to });
                });

            migrationBuilder.CreateTable(
                name: "fetcher_sources",
                columns: table => new
                {
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    watermark = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_owner = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    polled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    stopped = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    clock_ahead = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    late_by = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    late_at = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fetcher_sources", x => x.source);
                });

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
