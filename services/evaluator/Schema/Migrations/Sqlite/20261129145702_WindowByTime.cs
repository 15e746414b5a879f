using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WindowByTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "evaluator_occurrences",
                columns: table => new
                {
                    occurrence_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    trigger_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_occurrences", x => new { x.occurrence_key, x.trigger_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_occurrences_time",
                table: "evaluator_occurrences",
                column: "last_at");

            // A rule that came later may have placed an event at a time it was fetched with again: with two times it would be counted twice.
            migrationBuilder.Sql("""
                update evaluator_window
                set occurred_at = (select e.occurred_at from evaluator_events e where e.event_key = evaluator_window.event_key)
                where exists (select 1 from evaluator_events e where e.event_key = evaluator_window.event_key
                  and e.occurred_at <> evaluator_window.occurred_at);
                """);

            migrationBuilder.Sql("""
                insert into evaluator_occurrences(occurrence_key, trigger_id, last_at)
                select occurrence_key, trigger_id, max(occurred_at) from evaluator_window where occurrence_key is not null
                group by occurrence_key, trigger_id;
                """);

            migrationBuilder.DropIndex(
                name: "ix_evaluator_window_count",
                table: "evaluator_window");

            migrationBuilder.DropIndex(
                name: "ix_evaluator_window_occurrence",
                table: "evaluator_window");

            migrationBuilder.DropPrimaryKey(
                name: "PK_evaluator_window",
                table: "evaluator_window");

            migrationBuilder.AddPrimaryKey(
                name: "PK_evaluator_window",
                table: "evaluator_window",
                columns: new[] { "trigger_id", "occurred_at", "event_key" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_evaluator_window",
                table: "evaluator_window");

            migrationBuilder.AddPrimaryKey(
                name: "PK_evaluator_window",
                table: "evaluator_window",
                columns: new[] { "trigger_id", "event_key" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_window_count",
                table: "evaluator_window",
                columns: new[] { "trigger_id", "occurred_at", "occurrence_key" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_window_occurrence",
                table: "evaluator_window",
                column: "occurrence_key");

            migrationBuilder.DropTable(
                name: "evaluator_occurrences");
        }
    }
}
