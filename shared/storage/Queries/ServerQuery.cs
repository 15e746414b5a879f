using Dapper;
using Sigma.Storage.Schema;

namespace Sigma.Storage.Queries;

/// <summary>The database itself: its version, its clock, its schema, and whether it takes rows.</summary>
public sealed class ServerQuery(Database database)
{
    /// <summary>Product and version, in its own words, and where it is.</summary>
    public async Task<ServerVersion> Version(CancellationToken ct)
    {
        var isFile = database.Dialect is SqliteDialect;
        await using var connection = await database.Open(ct);
        var version = await connection.ExecuteScalarAsync<string>(
            new CommandDefinition(isFile ? "select sqlite_version()" : "select version()", cancellationToken: ct)) ?? "";
        return new ServerVersion(version, connection.Database, connection.DataSource);
    }

    /// <summary>The time on a database server, as stored; a file has none of its own.</summary>
    public async Task<long> Now(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        return await connection.ExecuteScalarAsync<long>(
            new CommandDefinition("select cast(unix_timestamp(now(6)) * 1000 as signed)", cancellationToken: ct));
    }

    /// <summary>Which migrations are applied, and which this version has; null when no service has made a table yet.</summary>
    public async Task<SchemaState?> Schema(IReadOnlyList<ServiceSchema> schemas, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        List<string> known = [], applied = [];
        foreach (var schema in schemas)
        {
            known.AddRange(schema.Migrations(database.Dialect).Select(migration => $"{schema.Name} {migration}"));
            applied.AddRange((await schema.Applied(database.Dialect, connection, ct)).Select(migration => $"{schema.Name} {migration}"));
        }
        return applied.Count == 0 ? null : new SchemaState(known, applied.ToHashSet());
    }

    /// <summary>Inserts a row and rolls it back.</summary>
    /// <exception cref="Exception">The database takes no rows.</exception>
    public async Task TryWrite(ServiceSchema schema, CancellationToken ct)
    {
        await using var session = await database.Begin(ct); // rolled back with its end
        await session.Execute($"insert into {schema.History}(MigrationId, ProductVersion) values(@name, '')",
            new { name = $"doctor-{Guid.NewGuid():N}" }, ct);
    }
}

/// <summary>A database's version, and where it is.</summary>
/// <param name="Text">The version, in its own words.</param>
/// <param name="Database">Name of the database.</param>
/// <param name="DataSource">Server or file.</param>
public sealed record ServerVersion(string Text, string Database, string DataSource);

/// <summary>How far the schema is.</summary>
/// <param name="Known">Migrations of this version, in their order.</param>
/// <param name="Applied">Those the database has.</param>
public sealed record SchemaState(IReadOnlyList<string> Known, IReadOnlySet<string> Applied)
{
    /// <summary>Not applied yet.</summary>
    public IReadOnlyList<string> Missing => [.. Known.Where(name => !Applied.Contains(name))];

    /// <summary>Applied by a newer version.</summary>
    public IReadOnlyList<string> Newer => [.. Applied.Except(Known).Order(StringComparer.Ordinal)];
}
