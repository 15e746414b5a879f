using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Notifier.Schema.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Routing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "acknowledged_at",
                table: "sigma_cloud_events_tracker_registers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "acknowledged_by",
                table: "sigma_cloud_events_tracker_registers",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "acknowledged_at",
                table: "notifier_drills",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "acknowledged_by",
                table: "notifier_drills",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "escalation",
                table: "notifier_deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "notifier_books",
                columns: table => new
                {
                    book = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_books", x => x.book);
                });

            migrationBuilder.CreateTable(
                name: "notifier_decisions",
                columns: table => new
                {
                    decision_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_decisions", x => x.decision_id);
                });

            migrationBuilder.CreateTable(
                name: "notifier_escalations",
                columns: table => new
                {
                    escalation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    policy = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    steps = table.Column<string>(type: "TEXT", nullable: false),
                    next_step = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_escalations", x => x.escalation_id);
                });

            migrationBuilder.CreateTable(
                name: "notifier_revisions",
                columns: table => new
                {
                    book = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    what_changed = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: true),
                    changed_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    why = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_revisions", x => new { x.book, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "notifier_silences",
                columns: table => new
                {
                    silence_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    matchers = table.Column<string>(type: "TEXT", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    why = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_silences", x => x.silence_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_registers_open",
                table: "sigma_cloud_events_tracker_registers",
                columns: new[] { "cleared_at", "alert_id" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_alert",
                table: "notifier_decisions",
                columns: new[] { "alert_id", "decided_at" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_decided",
                table: "notifier_decisions",
                column: "decided_at");

            migrationBuilder.CreateIndex(
                name: "ix_escalations_alert",
                table: "notifier_escalations",
                column: "alert_id");

            migrationBuilder.CreateIndex(
                name: "ix_escalations_ended",
                table: "notifier_escalations",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "ix_escalations_state",
                table: "notifier_escalations",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notifier_revisions_name",
                table: "notifier_revisions",
                columns: new[] { "book", "name", "revision" });

            migrationBuilder.CreateIndex(
                name: "ix_silences_ends",
                table: "notifier_silences",
                column: "ends_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notifier_books");

            migrationBuilder.DropTable(
                name: "notifier_decisions");

            migrationBuilder.DropTable(
                name: "notifier_escalations");

            migrationBuilder.DropTable(
                name: "notifier_revisions");

            migrationBuilder.DropTable(
                name: "notifier_silences");

            migrationBuilder.DropIndex(
                name: "ix_registers_open",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "acknowledged_at",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "acknowledged_by",
                table: "sigma_cloud_events_tracker_registers");

            migrationBuilder.DropColumn(
                name: "acknowledged_at",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "acknowledged_by",
                table: "notifier_drills");

            migrationBuilder.DropColumn(
                name: "escalation",
                table: "notifier_deliveries");
        }
    }
}
