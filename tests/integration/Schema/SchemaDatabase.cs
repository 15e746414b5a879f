using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Sigma.Cli.Schema;
using Sigma.FormerSchema;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using Sigma.Storage.Schema;

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

    public static Task Migrate(Database database) => Migrate(database, ServiceSchemas.All);

    public static Task Migrate(Database database, params IReadOnlyList<ServiceSchema> schemas) =>
        new Migrator(database, schemas, Scripts(database), NullLogger<Migrator>.Instance).Apply(CancellationToken.None);

    /// <summary>Applies the scripts that made a schema before the migrations.</summary>
    public static async Task ApplyScripts(Database database)
    {
        await using var connection = await database.Open(CancellationToken.None);
        await Scripts(database).Apply(connection, CancellationToken.None);
    }

    static FormerScripts Scripts(Database database) => new(database, TimeProvider.System, NullLogger<FormerScripts>.Instance);

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
            from information_schema.columns where table_schema = database() and table_name <> 'sigma_migrations' order by table_name, ordinal_position
            """),
        .. await Lines("""
            select concat(table_name, ' ', if(non_unique, '', 'unique '), index_name, ' (', group_concat(concat(column_name, coalesce(concat(' ',
              sub_part), '')) order by seq_in_index), ')')
            from information_schema.statistics where table_schema = database() and table_name <> 'sigma_migrations' group by table_name, index_name,
            non_unique order by table_name, index_name
            """),
        .. await Lines("""
            select concat_ws(' ', table_name, engine, table_collation) from information_schema.tables
            where table_schema = database() and table_name <> 'sigma_migrations' order by table_name
            """),
        .. await Applied(),
    ];

    public async Task<IReadOnlyList<string>> Applied()
    {
        await using var connection = await Open().Open(CancellationToken.None);
        List<string> applied = [];
        foreach (var schema in ServiceSchemas.All)
            applied.AddRange((await schema.Applied(Open().Dialect, connection, CancellationToken.None))
                .Select(migration => $"{schema.Name} {migration}"));
        return applied;
    }

    public async Task<IReadOnlyList<string>> Lines(string sql)
    {
        await using var connection = await Open().Open(CancellationToken.None);
        return [.. await connection.QueryAsync<string>(sql)];
    }

    public async ValueTask DisposeAsync() => await (await Servers.Database).DropDatabase(_connectionString);
}
