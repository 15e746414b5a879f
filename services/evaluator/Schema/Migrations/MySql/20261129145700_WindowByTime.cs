using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sigma.Evaluator.Schema.Migrations.MySql
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
                    occurrence_key = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    trigger_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluator_occurrences", x => new { x.occurrence_key, x.trigger_id });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("MySql:StoreOptions", "ENGINE=InnoDB");

            migrationBuilder.CreateIndex(
                name: "ix_evaluator_occurrences_time",
                table: "evaluator_occurrences",
                column: "last_at");

            // A rule that came later may have placed an event at a time it was fetched with again: with two times it would be counted twice.
            migrationBuilder.Sql("""
                update ignore evaluator_window w join evaluator_events e on e.event_key = w.event_key set w.occurred_at = e.occurred_at
                where w.occurred_at <> e.occurred_at;
                """);

            migrationBuilder.Sql("""
                insert into evaluator_occurrences(occurrence_key, trigger_id, last_at)
                select occurrence_key, trigger_id, max(occurred_at) from evaluator_window where occurrence_key is not null
                group by occurrence_key, trigger_id on duplicate key update last_at = greatest(last_at, values(last_at));
                """);

            // One statement, so that the table is never without a key; a second time there is nothing to do.
            migrationBuilder.Sql("""
                set @statement = if((select count(*) from information_schema.statistics where table_schema = database()
                    and table_name = 'evaluator_window' and index_name = 'ix_evaluator_window_count') > 0,
                  'alter table evaluator_window drop primary key, add primary key (trigger_id, occurred_at, event_key),
                    drop index ix_evaluator_window_count, drop index ix_evaluator_window_occurrence', 'do 0');
                prepare migration from @statement; execute migration; deallocate prepare migration;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                alter table evaluator_window drop primary key, add primary key (trigger_id, event_key),
                  add index ix_evaluator_window_count (trigger_id, occurred_at, occurrence_key),
                  add index ix_evaluator_window_occurrence (occurrence_key);
                """);

            migrationBuilder.DropTable(
                name: "evaluator_occurrences");
        }
    }
}
