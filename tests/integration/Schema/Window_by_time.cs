using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Sigma.Evaluator.Schema;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Schema;

public sealed class Window_by_time
{
    const string RowsBefore = """
        insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key) values
          (x'000000000000000000000000000000E1', 'segware', '1', 1000, '{}', null),
          (x'000000000000000000000000000000E2', 'segware', '2', 2000, '{}', x'000000000000000000000000000000C1'),
          (x'000000000000000000000000000000E3', 'segware', '3', 3000, '{}', x'000000000000000000000000000000C1');
        insert into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values
          (x'000000000000000000000000000000A1', x'000000000000000000000000000000E1', 1000, null),
          (x'000000000000000000000000000000A1', x'000000000000000000000000000000E2', 2000, x'000000000000000000000000000000C1'),
          (x'000000000000000000000000000000A1', x'000000000000000000000000000000E3', 3000, x'000000000000000000000000000000C1'),
          (x'000000000000000000000000000000A2', x'000000000000000000000000000000E1', 5000, null),
          (x'000000000000000000000000000000A2', x'000000000000000000000000000000E2', 2000, x'000000000000000000000000000000C1');
        """;

    [Fact]
    public async Task Keeps_the_rows_and_gives_each_event_one_time_wherever_a_crash_has_ended_it()
    {
        await using var whole = await SchemaDatabase.Create();
        await whole.Migrate();
        await using var ended = await SchemaDatabase.Create();
        await SchemaDatabase.ApplyScripts(ended.Open());
        await using (var connection = await ended.Open().Open(CancellationToken.None))
        {
            await connection.ExecuteAsync(RowsBefore);
            await using var context = EvaluatorContext.Schema.Open(ended.Open().Dialect, connection);
            var migrations = context.GetService<IMigrationsAssembly>();
            var second = migrations.CreateMigration(migrations.Migrations.ElementAt(1).Value, context.Database.ProviderName!);
            var model = context.GetService<IModelRuntimeInitializer>()
                .Initialize(((IMutableModel)second.TargetModel).FinalizeModel(), designTime: true, validationLogger: null);
            var statements = context.GetService<IMigrationsSqlGenerator>().Generate(second.UpOperations, model);
            for (var done = 1; done <= statements.Count; done++) // each time one statement further
            {
                foreach (var statement in statements.Take(done))
                    await connection.ExecuteAsync(statement.CommandText);
            }
        }

        await ended.Migrate();

        Assert.Equal(await whole.Describe(), await ended.Describe());
        await HasRows(ended.Open());
    }

    [Fact]
    public async Task Keeps_the_rows_of_a_file()
    {
        using var file = new SchemaFile();
        await SchemaDatabase.ApplyScripts(file.Open());
        await using (var connection = await file.Open().Open(CancellationToken.None))
            await connection.ExecuteAsync(RowsBefore);

        await SchemaDatabase.Migrate(file.Open());

        await HasRows(file.Open());
    }

    static async Task HasRows(Database database)
    {
        await using var connection = await database.Open(CancellationToken.None);
        Assert.Equal(
            [("A1", 1000, "E1", ""), ("A1", 2000, "E2", "C1"), ("A1", 3000, "E3", "C1"), ("A2", 1000, "E1", ""), ("A2", 2000, "E2", "C1")],
            await connection.QueryAsync<(string, long, string, string)>("""
                select substr(hex(trigger_id), 31), occurred_at, substr(hex(event_key), 31), coalesce(substr(hex(occurrence_key), 31), '')
                from evaluator_window order by trigger_id, occurred_at
                """));
        Assert.Equal([("C1", "A1", 3000), ("C1", "A2", 2000)], await connection.QueryAsync<(string, string, long)>(
            "select substr(hex(occurrence_key), 31), substr(hex(trigger_id), 31), last_at from evaluator_occurrences order by trigger_id"));
    }
}
