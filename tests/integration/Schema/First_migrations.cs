using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Sigma.Cli.Schema;
using Sigma.Evaluator.Schema;
using Sigma.Notifier.Schema;
using Sigma.Storage;
using Sigma.Storage.Outbox.Schema;

namespace Sigma.IntegrationTests.Schema;

public sealed class First_migrations
{
    [Fact]
    public async Task Make_what_the_scripts_made()
    {
        await using var scripts = await SchemaDatabase.Create();
        await SchemaDatabase.ApplyScripts(scripts.Open());
        await using var models = await SchemaDatabase.Create();
        await models.Migrate();
        await scripts.Migrate(); // adopts

        Same(await scripts.Describe(), await models.Describe());
        Assert.Empty(
            await models.Lines(
                "select table_name from information_schema.tables where table_schema = database() and table_name = 'sigma_migrations'"));
    }

    [Fact]
    public async Task Make_what_the_scripts_made_in_a_file()
    {
        using SchemaFile scripts = new(), models = new();
        await SchemaDatabase.ApplyScripts(scripts.Open());
        await SchemaDatabase.Migrate(models.Open());
        await SchemaDatabase.Migrate(scripts.Open()); // adopts

        Same(await scripts.Describe(), await models.Describe());
    }

    [Fact]
    public async Task Go_on_wherever_a_crash_has_ended_them()
    {
        await using var whole = await SchemaDatabase.Create();
        await whole.Migrate();
        await using var ended = await SchemaDatabase.Create();
        await using (var connection = await ended.Open().Open(CancellationToken.None))
        {
            foreach (var schema in ServiceSchemas.All)
            {
                await using var context = schema.Open(ended.Open().Dialect, connection);
                var migrations = context.GetService<IMigrationsAssembly>();
                var first = migrations.CreateMigration(migrations.Migrations.First().Value, context.Database.ProviderName!);
                var model = context.GetService<IModelRuntimeInitializer>()
                    .Initialize(((IMutableModel)first.TargetModel).FinalizeModel(), designTime: true, validationLogger: null);
                var statements = context.GetService<IMigrationsSqlGenerator>().Generate(first.UpOperations, model);
                Assert.NotEmpty(statements);
                for (var done = 1; done <= statements.Count; done++) // each time one statement further
                {
                    foreach (var statement in statements.Take(done))
                        await connection.ExecuteAsync(statement.CommandText);
                }
            }
        }

        await SchemaDatabase.Migrate(ended.Open(), [OutboxContext.Schema]);
        await ended.Migrate();

        Same(await whole.Describe(), await ended.Describe());
    }

    [Fact]
    public async Task Of_services_that_start_one_after_the_other_need_no_scripts()
    {
        await using var database = await SchemaDatabase.Create();
        await SchemaDatabase.Migrate(database.Open(), [OutboxContext.Schema, EvaluatorContext.Schema]);
        await SchemaDatabase.Migrate(database.Open(), [OutboxContext.Schema, NotifierContext.Schema]);

        Assert.Equal(["evaluator", "notifier", "outbox"], (await database.Applied()).Select(migration => migration.Split(' ')[0]).Distinct().Order());
        Assert.Empty(await database.Lines(
            "select table_name from information_schema.tables where table_schema = database() and table_name in ('sigma_migrations', "
                + "'fetcher_slices')"));
    }

    [Fact]
    public async Task Of_several_processes_in_one_file_and_after_one_that_was_killed_are_applied_once()
    {
        using var file = new SchemaFile();
        await using (var connection = await file.Open().Open(CancellationToken.None))
            await connection.ExecuteAsync("""
                create table "__EFMigrationsLock" ("Id" integer not null primary key, "Timestamp" text not null);
                insert into "__EFMigrationsLock" values(1, '2026-01-01')
                """);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => SchemaDatabase.Migrate(file.Open()))));

        using var alone = new SchemaFile();
        await SchemaDatabase.Migrate(alone.Open());
        Same(await alone.Describe(), await file.Describe());
    }

    static void Same(IReadOnlyList<string> expected, IReadOnlyList<string> actual) => Assert.True(expected.SequenceEqual(actual), $"""
        Missing:
        {string.Join('\n', expected.Except(actual))}
        Besides:
        {string.Join('\n', actual.Except(expected))}
        """);
}
