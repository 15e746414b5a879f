using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Notifier.Schema.Migrations.MySql
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
                    run_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    alert_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    delivery_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    channel = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_0900_bin"),
                    deployment = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: false),
                    url = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: false),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: true, collation: "utf8mb4_0900_bin"),
                    state_name = table.Column<string>(type: "varchar(100)", maxLength: 100, nullable: true),
                    message = table.Column<string>(type: "varchar(500)", maxLength: 500, nullable: true),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: true),
                    failed_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifier_flow_runs", x => x.run_id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

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
