using System;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "evaluator_cleared",
                columns: table => new
                {
                    trigger_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    cleared_through = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_cleared", x => x.trigger_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_coverage",
                columns: table => new
                {
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    covered_from = table.Column<long>(type: "bigint", nullable: false),
                    covered_to = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_coverage", x => new { x.source, x.covered_from });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_events",
                columns: table => new
                {
                    event_key = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false),
                    event_id = table.Column<string>(type: "varchar(128)", maxLength: 128, nullable: false),
                    occurred_at = table.Column<long>(type: "bigint", nullable: false),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: false),
                    occurrence_key = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    reported_time = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_events", x => x.event_key);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_excused",
                columns: table => new
                {
                    occurrence_key = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    excused_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_excused", x => x.occurrence_key);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_odd_events",
                columns: table => new
                {
                    event_key = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    slice_from = table.Column<long>(type: "bigint", nullable: false),
                    slice_to = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: false),
                    account = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true, collation: "utf8mb4_0900_bin"),
                    raw = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_odd_events", x => x.event_key);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_parts",
                columns: table => new
                {
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    slice_from = table.Column<long>(type: "bigint", nullable: false),
                    slice_to = table.Column<long>(type: "bigint", nullable: false),
                    parts = table.Column<int>(type: "int", nullable: false),
                    part = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_parts", x => new { x.source, x.slice_from, x.slice_to, x.parts, x.part });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_rules",
                columns: table => new
                {
                    name = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    definition = table.Column<string>(type: "mediumtext", nullable: false),
                    applied_at = table.Column<long>(type: "bigint", nullable: false),
                    counts_from = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_rules", x => x.name);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "evaluator_window",
                columns: table => new
                {
                    trigger_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    event_key = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    occurred_at = table.Column<long>(type: "bigint", nullable: false),
                    occurrence_key = table.Column<byte[]>(type: "binary(16)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_window", x => new { x.trigger_id, x.event_key });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "sigma_cloud_events_tracker_triggers",
                columns: table => new
                {
                    id = table.Column<uint>(type: "int unsigned", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    cuc = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    code = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime", nullable: false, defaultValueSql: "current_timestamp"),
                    updated_at = table.Column<DateTime>(type: "datetime", nullable: false, defaultValueSql: "current_timestamp"),
                    trigger_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: true, collation: "utf8mb4_0900_bin"),
                    rule = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true, collation: "utf8mb4_0900_bin"),
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true, collation: "utf8mb4_0900_bin"),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: true, collation: "utf8mb4_0900_bin"),
                    severity = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: true),
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    quantity = table.Column<int>(type: "int", nullable: true),
                    threshold = table.Column<int>(type: "int", nullable: true),
                    raised_at = table.Column<long>(type: "bigint", nullable: true),
                    clear_check_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sigma_cloud_events_tracker_triggers", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "sigma_cloud_events_tracker_window",
                columns: table => new
                {
                    id = table.Column<uint>(type: "int unsigned", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    started_at = table.Column<DateTime>(type: "datetime", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime", nullable: false, defaultValueSql: "current_timestamp"),
                    updated_at = table.Column<DateTime>(type: "datetime", nullable: false, defaultValueSql: "current_timestamp")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sigma_cloud_events_tracker_window", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_cleared_time",
                table: "evaluator_cleared",
                column: "cleared_through");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_events_labels",
                table: "evaluator_events",
                columns: new[] { "labels", "occurred_at" })
                .Annotation("MySql:IndexPrefixLength", new[] { 40, 0 });

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_events_time",
                table: "evaluator_events",
                column: "occurred_at");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_excused_time",
                table: "evaluator_excused",
                column: "excused_at");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_odd_events_seen",
                table: "evaluator_odd_events",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_parts_time",
                table: "evaluator_parts",
                column: "slice_to");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_window_count",
                table: "evaluator_window",
                columns: new[] { "trigger_id", "occurred_at", "occurrence_key" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_window_occurrence",
                table: "evaluator_window",
                column: "occurrence_key");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_window_time",
                table: "evaluator_window",
                column: "occurred_at");

            migrationBuilder.CreateIndex(
                name: "ix_triggers_clear_check",
                table: "sigma_cloud_events_tracker_triggers",
                columns: new[] { "rule", "clear_check_at" });

            migrationBuilder.CreateIndex(
                name: "uq_triggers_trigger",
                table: "sigma_cloud_events_tracker_triggers",
                column: "trigger_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "evaluator_cleared");

            migrationBuilder.DropTable(
                name: "evaluator_coverage");

            migrationBuilder.DropTable(
                name: "evaluator_events");

            migrationBuilder.DropTable(
                name: "evaluator_excused");

            migrationBuilder.DropTable(
                name: "evaluator_odd_events");

            migrationBuilder.DropTable(
                name: "evaluator_parts");

            migrationBuilder.DropTable(
                name: "evaluator_rules");

            migrationBuilder.DropTable(
                name: "evaluator_window");

            migrationBuilder.DropTable(
                name: "sigma_cloud_events_tracker_triggers");

            migrationBuilder.DropTable(
                name: "sigma_cloud_events_tracker_window");
        }
    }
}
