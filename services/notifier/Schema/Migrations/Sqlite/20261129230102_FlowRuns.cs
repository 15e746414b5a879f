using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Notifier.Schema.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FlowRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "notifier_flow_runs",
                columns: table => new
                {
                    run_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    delivery_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    deployment = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    url = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    state_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    message = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_flow_runs", x => x.run_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_flow_runs_alert",
                table: "notifier_flow_runs",
                column: "alert_id");

            migrationBuilder.CreateIndex(
                name: "ix_flow_runs_due",
                table: "notifier_flow_runs",
                columns: new[] { "channel", "ended_at", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_flow_runs_started",
                table: "notifier_flow_runs",
                column: "started_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notifier_flow_runs");
        }
    }
}
