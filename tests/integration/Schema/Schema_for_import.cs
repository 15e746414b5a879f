using Dapper;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Schema;

public sealed class Schema_for_import
{
    [Fact]
    public async Task Is_what_the_migrations_make()
    {
        await using var imported = await SchemaDatabase.Create("storage.sql.example");
        await using var migrated = await SchemaDatabase.Create();
        await migrated.Migrate();

        var (byHand, byService) = (await imported.Describe(), await migrated.Describe());
        Assert.NotEmpty(byService);
        Assert.True(byHand.SequenceEqual(byService), $"""
            Only in storage.sql.example:
            {string.Join('\n', byHand.Except(byService))}
            Only in the migrations:
            {string.Join('\n', byService.Except(byHand))}
            """);
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
            await connection.ExecuteAsync("delete from sigma_migrations");
        await imported.Migrate();
        Assert.Equal(before, await imported.Describe());
    }
}
