using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using Sigma.Storage.Migrations;

namespace Sigma.IntegrationTests.Schema;

/// <summary>A MySQL-family database for one test, and what its schema is.</summary>
internal sealed class SchemaDatabase : IAsyncDisposable
{
    readonly string _connectionString;

    SchemaDatabase(string connectionString) => _connectionString = connectionString;

    public static async Task<SchemaDatabase> Create(string? script = null)
    {
        var database = new SchemaDatabase(await (await Servers.Database).CreateDatabase());
        if (script is not null)
            await Import(database.Open(), script);
        return database;
    }

    public Database Open() => new(Dialects.Of(StorageProvider.MySql), _connectionString);

    public Task Migrate() => Migrate(Open());

    public static Task Migrate(Database database) => new Migrator(database, TimeProvider.System, NullLogger<Migrator>.Instance).Apply(CancellationToken.None);

    /// <summary>Runs a script that lies beside the tests, as a person would.</summary>
    public static async Task Import(Database database, string script)
    {
        await using var connection = await database.Open(CancellationToken.None);
        await connection.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, script)));
    }

    /// <summary>Every column, every index and every migration, a line each.</summary>
    public async Task<IReadOnlyList<string>> Describe() =>
    [
        .. await Lines("""
            select concat_ws(' ', table_name, ordinal_position, column_name, column_type, if(is_nullable = 'YES', 'null', 'not null'),
              concat('default ', column_default), extra, collation_name)
            from information_schema.columns where table_schema = database() order by table_name, ordinal_position
            """),
        .. await Lines("""
            select concat(table_name, ' ', if(non_unique, '', 'unique '), index_name, ' (', group_concat(column_name order by seq_in_index), ')')
            from information_schema.statistics where table_schema = database() group by table_name, index_name, non_unique order by table_name, index_name
            """),
        .. await Lines("select name from sigma_migrations order by name"),
    ];

    public async Task<IReadOnlyList<string>> Lines(string sql)
    {
        await using var connection = await Open().Open(CancellationToken.None);
        return [.. await connection.QueryAsync<string>(sql)];
    }

    public async ValueTask DisposeAsync() => await (await Servers.Database).DropDatabase(_connectionString);
}
