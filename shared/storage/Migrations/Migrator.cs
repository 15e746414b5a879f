using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Sigma.Storage.Migrations;

/// <summary>Brings the schema up to date at start, one service at a time, also on top of the existing installation's tables.</summary>
public sealed class Migrator(Database database, TimeProvider time, ILogger<Migrator> log)
{
    // Seconds: an index on a table of many million rows is made while others write to it.
    const int Patience = 3600;

    /// <summary>Applies every migration not yet applied. A crash in the middle is mended by the next run: each statement can be repeated.</summary>
    public async Task Apply(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var held = await database.Dialect.LockMigrations(connection, ct);
        if (!await database.Dialect.HasColumn(connection, "sigma_migrations", "name", ct)) // a user who may create nothing may still start on an imported schema
            await connection.ExecuteAsync(new CommandDefinition(
                "create table if not exists sigma_migrations (name varchar(100) not null primary key, applied_at bigint not null)", cancellationToken: ct));
        var applied = (await connection.QueryAsync<string>(new CommandDefinition("select name from sigma_migrations", cancellationToken: ct))).ToHashSet();

        foreach (var script in MigrationScript.All(database.Dialect.Name).Where(s => !applied.Contains(s.Name)))
        {
            foreach (var step in script.Steps)
                await Run(connection, step, ct);
            await connection.ExecuteAsync(new CommandDefinition("insert into sigma_migrations(name, applied_at) values(@Name, @now)",
                new { script.Name, now = time.Milliseconds() }, cancellationToken: ct));
            log.LogInformation("Migration {Migration} applied", script.Name);
        }
    }

    async Task Run(DbConnection connection, MigrationStep step, CancellationToken ct)
    {
        var dialect = database.Dialect;
        switch (step)
        {
            case { Unless: { Kind: "column" } guard } when await dialect.HasColumn(connection, guard.Table, guard.Name, ct):
            case { Unless: { Kind: "index" } other } when await dialect.HasIndex(connection, other.Table, other.Name, ct):
                return;
            case { ForEachUnique: { } unique }:
                foreach (var index in await dialect.UniqueIndexesOn(connection, unique.Table, unique.Columns, ct))
                    await connection.ExecuteAsync(new CommandDefinition(step.Sql.Replace("{index}", index), cancellationToken: ct));
                return;
            default:
                await connection.ExecuteAsync(new CommandDefinition(step.Sql, commandTimeout: Patience, cancellationToken: ct));
                return;
        }
    }
}
