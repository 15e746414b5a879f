using Dapper;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Schema;

/// <summary>A SQLite file for one test, and what its schema is.</summary>
internal sealed class SchemaFile : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-schema-");

    public Database Open() => new(Dialects.Of(StorageProvider.Sqlite), $"Data Source={Path.Combine(_folder.FullName, "sigma.db")};Pooling=False");

    /// <summary>Every column and every index, a line each. SQLite's own number of a row is never null, whatever the column says.</summary>
    public async Task<IReadOnlyList<string>> Describe()
    {
        await using var connection = await Open().Open(CancellationToken.None);
        return
        [
            .. await connection.QueryAsync<string>("""
                select t.name || ' ' || c.cid || ' ' || c.name || ' ' || lower(c.type) || case when c."notnull" or (c.pk
                  and lower(c.type) = 'integer') then ' not null' else '' end
                  || ' default ' || coalesce(c.dflt_value, '-') || ' key ' || c.pk
                from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%'
                and t.name not like '%_migrations' order by 1
                """),
            .. await connection.QueryAsync<string>("""
                select t.name || ' ' || i.name || ' (' || (select group_concat(name) from (select name from pragma_index_info(i.name)
                  order by seqno)) || ')' || i."unique"
                from sqlite_master t, pragma_index_list(t.name) i where t.type = 'table' and i.origin = 'c' order by 1
                """),
            .. await connection.QueryAsync<string>(
                "select name || ' counts up' from sqlite_master where type = 'table' and lower(sql) like '%autoincrement%' order by 1"),
        ];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
