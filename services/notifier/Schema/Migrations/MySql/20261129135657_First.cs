using System;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Notifier.Schema.Migrations.MySql
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "notifier_accounts",
                columns: table => new
                {
                    account = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    account_code = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    trade_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    company_trade_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                    client_group_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                    refreshed_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_accounts", x => x.account);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "notifier_deliveries",
                columns: table => new
                {
                    delivery_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    channel = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    attempts = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    receipt = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true),
                    claimed_until = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    next_attempt_at = table.Column<long>(type: "bigint", nullable: false),
                    give_up_at = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    settled_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_deliveries", x => x.delivery_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "notifier_drills",
                columns: table => new
                {
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    account_code = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false, collation: "utf8mb4_0900_bin"),
                    trade_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    company_trade_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    client_group_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    cuc = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    code = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    quantity = table.Column<int>(type: "int", nullable: false),
                    period_started_at = table.Column<DateTime>(type: "datetime", nullable: false),
                    period_ended_at = table.Column<DateTime>(type: "datetime", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime", nullable: false),
                    updated_at = table.Column<DateTime>(type: "datetime", nullable: false),
                    rule = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false, collation: "utf8mb4_0900_bin"),
                    severity = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false),
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: false, collation: "utf8mb4_0900_bin"),
                    threshold = table.Column<int>(type: "int", nullable: false),
                    raised_at = table.Column<long>(type: "bigint", nullable: true),
                    cleared_at = table.Column<long>(type: "bigint", nullable: true),
                    cleared_quantity = table.Column<int>(type: "int", nullable: true),
                    cleared_reason = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_drills", x => x.alert_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "notifier_notices",
                columns: table => new
                {
                    notice_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    subject = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    channel = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    says = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_0900_bin"),
                    attempts = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    next_attempt_at = table.Column<long>(type: "bigint", nullable: false),
                    give_up_at = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    settled_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_notices", x => x.notice_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "notifier_recipients",
                columns: table => new
                {
                    channel = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    recipient = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    free_at = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    held_until = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    failures = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    wake_at = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_recipients", x => new { x.channel, x.recipient });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "notifier_watermarks",
                columns: table => new
                {
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_0900_bin"),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    watermark = table.Column<long>(type: "bigint", nullable: true),
                    reported_at = table.Column<long>(type: "bigint", nullable: true),
                    reason = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    blindness_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    blindness_from = table.Column<long>(type: "bigint", nullable: true),
                    counted_until = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    clock_behind = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_watermarks", x => x.source);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "sigma_cloud_alarm_events",
                columns: table => new
                {
                    id = table.Column<uint>(type: "int unsigned", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    application_type = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    account = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    auxiliary = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    code = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    complement = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    event_id = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    event_log = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    partition = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    protocol_type = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    status = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime", nullable: false, defaultValueSql: "current_timestamp"),
                    updated_at = table.Column<DateTime>(type: "datetime", nullable: false, defaultValueSql: "current_timestamp"),
                    delivery_id = table.Column<byte[]>(type: "binary(16)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sigma_cloud_alarm_events", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateTable(
                name: "sigma_cloud_events_tracker_registers",
                columns: table => new
                {
                    id = table.Column<uint>(type: "int unsigned", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    account_code = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    trade_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    company_trade_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    client_group_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    cuc = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    code = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false),
                    quantity = table.Column<int>(type: "int", nullable: false),
                    period_started_at = table.Column<DateTime>(type: "datetime", nullable: false),
                    period_ended_at = table.Column<DateTime>(type: "datetime", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime", nullable: false, defaultValueSql: "current_timestamp"),
                    updated_at = table.Column<DateTime>(type: "datetime", nullable: false, defaultValueSql: "current_timestamp"),
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    rule = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true, collation: "utf8mb4_0900_bin"),
                    severity = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: true),
                    source = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true, collation: "utf8mb4_0900_bin"),
                    labels = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: true, collation: "utf8mb4_0900_bin"),
                    threshold = table.Column<int>(type: "int", nullable: true),
                    raised_at = table.Column<long>(type: "bigint", nullable: true),
                    cleared_at = table.Column<long>(type: "bigint", nullable: true),
                    cleared_quantity = table.Column<int>(type: "int", nullable: true),
                    cleared_reason = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sigma_cloud_events_tracker_registers", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_refreshed",
                table: "notifier_accounts",
                column: "refreshed_at");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_line",
                table: "notifier_deliveries",
                columns: new[] { "channel", "state", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_settled",
                table: "notifier_deliveries",
                column: "settled_at");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_state",
                table: "notifier_deliveries",
                columns: new[] { "state", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "uq_deliveries_alert",
                table: "notifier_deliveries",
                columns: new[] { "alert_id", "kind", "channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notices_state",
                table: "notifier_notices",
                columns: new[] { "state", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "uq_notices_subject",
                table: "notifier_notices",
                columns: new[] { "subject", "kind", "channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_alarm_events_created",
                table: "sigma_cloud_alarm_events",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "uq_alarm_events_delivery",
                table: "sigma_cloud_alarm_events",
                column: "delivery_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registers_created",
                table: "sigma_cloud_events_tracker_registers",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_registers_labels",
                table: "sigma_cloud_events_tracker_registers",
                columns: new[] { "labels", "created_at" })
                .Annotation("MySql:IndexPrefixLength", new[] { 60, 0 });

            migrationBuilder.CreateIndex(
                name: "uq_registers_alert",
                table: "sigma_cloud_events_tracker_registers",
                column: "alert_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notifier_accounts");

            migrationBuilder.DropTable(
                name: "notifier_deliveries");

            migrationBuilder.DropTable(
                name: "notifier_drills");

            migrationBuilder.DropTable(
                name: "notifier_notices");

            migrationBuilder.DropTable(
                name: "notifier_recipients");

            migrationBuilder.DropTable(
                name: "notifier_watermarks");

            migrationBuilder.DropTable(
                name: "sigma_cloud_alarm_events");

            migrationBuilder.DropTable(
                name: "sigma_cloud_events_tracker_registers");
        }
    }
}
