using Dapper;

namespace Sigma.IntegrationTests.Schema;

public sealed class Growth_of_the_tables
{
    [Fact]
    public async Task Every_table_is_listed_with_what_bounds_it()
    {
        await using var database = await SchemaDatabase.Create();
        await database.Migrate();
        await using var connection = await database.Open().Open(CancellationToken.None);
        var tables = (await connection.QueryAsync<string>("select table_name from information_schema.tables where table_schema = database()"))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        var listed = (await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "docs", "back-up.md")))
            .SkipWhile(line => !line.StartsWith("| Table | Holds | Bounded by |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(cells => cells[1].Trim('`'), cells => cells[3]);

        Assert.Empty(tables.Except(listed.Keys));
        Assert.Empty(listed.Keys.Except(tables));
        Assert.DoesNotContain(listed.Values, bound => bound.Length == 0);
    }
}
