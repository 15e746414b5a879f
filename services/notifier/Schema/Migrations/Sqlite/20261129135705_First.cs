using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Notifier.Schema.Migrations.Sqlite
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
                    account = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    account_code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    trade_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    company_trade_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    client_group_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    refreshed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_accounts", x => x.account);
                });

            migrationBuilder.CreateTable(
                name: "notifier_deliveries",
                columns: table => new
                {
                    delivery_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    receipt = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    claimed_until = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    give_up_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_deliveries", x => x.delivery_id);
                });

            migrationBuilder.CreateTable(
                name: "notifier_drills",
                columns: table => new
                {
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_code = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    trade_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    company_trade_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    client_group_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    cuc = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    quantity = table.Column<int>(type: "INTEGER", nullable: false),
                    period_started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    period_ended_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    severity = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    labels = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    threshold = table.Column<int>(type: "INTEGER", nullable: false),
                    raised_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cleared_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cleared_quantity = table.Column<int>(type: "INTEGER", nullable: true),
                    cleared_reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_drills", x => x.alert_id);
                });

            migrationBuilder.CreateTable(
                name: "notifier_notices",
                columns: table => new
                {
                    notice_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    says = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    give_up_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_notices", x => x.notice_id);
                });

            migrationBuilder.CreateTable(
                name: "notifier_recipients",
                columns: table => new
                {
                    channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    recipient = table.Column<byte[]>(type: "BLOB", nullable: false),
                    free_at = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    held_until = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    failures = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    wake_at = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_recipients", x => new { x.channel, x.recipient });
                });

            migrationBuilder.CreateTable(
                name: "notifier_watermarks",
                columns: table => new
                {
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    watermark = table.Column<long>(type: "INTEGER", nullable: true),
                    reported_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    blindness_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    blindness_from = table.Column<long>(type: "INTEGER", nullable: true),
                    counted_until = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    clock_behind = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_watermarks", x => x.source);
                });

            migrationBuilder.CreateTable(
                name: "sigma_cloud_alarm_events",
                columns: table => new
                {
                    id = table.Column<uint>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    application_type = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    account = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    auxiliary = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    complement = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    event_id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    event_log = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    partition = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    protocol_type = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false, defaultValueSql: "current_timestamp"),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false, defaultValueSql: "current_timestamp"),
                    delivery_id = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sigma_cloud_alarm_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sigma_cloud_events_tracker_registers",
                columns: table => new
                {
                    id = table.Column<uint>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    account_code = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    trade_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    company_trade_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    client_group_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    cuc = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    quantity = table.Column<int>(type: "INTEGER", nullable: false),
                    period_started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    period_ended_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false, defaultValueSql: "current_timestamp"),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false, defaultValueSql: "current_timestamp"),
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    rule = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    severity = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    labels = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    threshold = table.Column<int>(type: "INTEGER", nullable: true),
                    raised_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cleared_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cleared_quantity = table.Column<int>(type: "INTEGER", nullable: true),
                    cleared_reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sigma_cloud_events_tracker_registers", x => x.id);
                });

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
                columns: new[] { "labels", "created_at" });

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
