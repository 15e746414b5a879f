using Dapper;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Schema;

public sealed class Migrations_side_by_side
{
    [Theory, InlineData(null), InlineData("existing-installation.sql")]
    public async Task Three_services_that_start_at_once_make_one_schema(string? before)
    {
        await using var alone = await SchemaDatabase.Create(before);
        await alone.Migrate();
        await using var shared = await SchemaDatabase.Create(before);
        using var start = new Barrier(3);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var database = shared.Open();
            start.SignalAndWait();
            await SchemaDatabase.Migrate(database);
        })));

        Assert.Equal(await alone.Describe(), await shared.Describe());
    }

    [Fact]
    public async Task MySQL_and_SQLite_get_the_same_tables_columns_and_indexes()
    {
        await using var mysql = await SchemaDatabase.Create();
        await mysql.Migrate();
        var file = Path.Combine(Path.GetTempPath(), $"sigma-schema-{Guid.NewGuid():N}.db");
        try
        {
            var sqlite = new Database(Dialects.Of(StorageProvider.Sqlite), $"Data Source={file};Pooling=False");
            await SchemaDatabase.Migrate(sqlite);
            await using var connection = await sqlite.Open(CancellationToken.None);

            Assert.Equal(
                (await mysql.Lines(
                    "select concat(table_name, '.', column_name) from information_schema.columns where table_schema = database()"))
                    .Order(StringComparer.Ordinal),
                (await connection.QueryAsync<string>(
                    "select t.name || '.' || c.name from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' and t.name not "
                        + "like 'sqlite_%'")).Order(StringComparer.Ordinal));
            Assert.Equal(
                (await mysql.Lines("""
                    select concat(table_name, '.', index_name, ' (', group_concat(column_name order by seq_in_index), ')', if(non_unique, '',
                      ' unique'))
                    from information_schema.statistics where table_schema = database() and index_name <> 'PRIMARY'
                    group by table_name, index_name, non_unique
                    """)).Order(StringComparer.Ordinal),
                (await connection.QueryAsync<string>("""
                    select t.name || '.' || i.name || ' (' || (select group_concat(name) from (select name from pragma_index_info(i.name)
                      order by seqno)) || ')' ||
                      case when i."unique" then ' unique' else '' end
                    from sqlite_master t, pragma_index_list(t.name) i where t.type = 'table' and i.origin = 'c'
                    """)).Order(StringComparer.Ordinal));
        }
        finally
        {
            foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
                File.Delete(file + part);
        }
    }
}
