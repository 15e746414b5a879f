using Dapper;
using Sigma.Cli.Schema;
using Sigma.IntegrationTests.Outages;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Schema;

public sealed class Schema_for_import(ITestOutputHelper output)
{
    [Fact]
    public async Task Is_what_the_migrations_make()
    {
        await using var imported = await SchemaDatabase.Create("storage.sql.example");
        await using var migrated = await SchemaDatabase.Create();
        await migrated.Migrate();

        var byHand = await imported.Describe();
        var byService = await migrated.Describe();
        Assert.NotEmpty(byService);
        Assert.True(byHand.SequenceEqual(byService), $"""
            Only in storage.sql.example:
            {string.Join('\n', byHand.Except(byService))}
            Only in the migrations:
            {string.Join('\n', byService.Except(byHand))}
            """);
    }

    [Fact]
    public async Task Is_what_the_command_writes()
    {
        using var written = new StringWriter();
        Assert.Equal(0, await Cli.CommandLine.Run(["schema"], written, TextWriter.Null));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "storage.sql.example")), written.ToString());
    }

    [Fact]
    public async Task Is_enough_for_a_service_whose_user_may_create_nothing()
    {
        await using var station = await Station.Create(output, tables: false);
        await SchemaDatabase.Import(station.Database, "storage.sql.example");
        await using var account = await LimitedAccount.Create(station);
        var database = await station.DatabaseName();
        await account.Administer($"revoke all on `{database}`.* from {account.Name}");
        await account.Administer($"grant select, insert, update, delete on `{database}`.* to {account.Name}");

        await station.StartEvaluator();
    }

    [Fact]
    public async Task Is_left_alone_by_the_migrations()
    {
        await using var imported = await SchemaDatabase.Create("storage.sql.example");
        var before = await imported.Describe();
        await imported.Migrate();
        Assert.Equal(before, await imported.Describe());

        // Also when nobody wrote down that they are applied
        await using (var connection = await imported.Open().Open(CancellationToken.None))
        {
            foreach (var schema in ServiceSchemas.All)
                await connection.ExecuteAsync($"delete from {schema.History}");
        }
        await imported.Migrate();
        Assert.Equal(before, await imported.Describe());
    }
}
