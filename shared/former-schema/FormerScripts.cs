using System.Data.Common;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sigma.Storage;
using Sigma.Storage.Schema;

namespace Sigma.FormerSchema;

/// <summary>
/// The scripts by which installations were made before, from the former tracker's tables on. They are frozen; <c>sigma_migrations</c> says which are
/// applied. A crash in the middle is mended by the next run: each statement can be repeated.
/// </summary>
public sealed class FormerScripts(Database database, TimeProvider time, ILogger<FormerScripts> log) : IFormerSchema
{
    const string Applied = "sigma_migrations";

    // Seconds: an index on a table of many million rows is made while others write to it.
    const int CommandTimeout = 3600;

    static readonly string[] FormerTables =
        ["sigma_cloud_events_tracker_triggers", "sigma_cloud_events_tracker_registers", "sigma_cloud_events_tracker_window",
            "sigma_cloud_alarm_events"];

    /// <inheritdoc />
    public async Task<bool> BringUpToDate(DbConnection connection, bool hasHistory, CancellationToken ct)
    {
        if (!await database.Dialect.HasColumn(connection, Applied, "name", ct) && (hasHistory || !await HasFormerTable(connection, ct)))
            return false;
        await Apply(connection, ct);
        return true;
    }

    /// <summary>Applies every script not yet applied.</summary>
    internal async Task Apply(DbConnection connection, CancellationToken ct)
    {
        if (!await database.Dialect.HasColumn(connection, Applied, "name", ct))
            await connection.ExecuteAsync(new CommandDefinition(
                $"create table if not exists {Applied} (name varchar(100) not null primary key, applied_at bigint not null)", cancellationToken: ct));
        var applied = (await connection.QueryAsync<string>(new CommandDefinition($"select name from {Applied}", cancellationToken: ct))).ToHashSet();

        foreach (var script in FormerScript.All(database.Dialect.Name).Where(s => !applied.Contains(s.Name)))
        {
            foreach (var step in script.Steps)
                await Run(connection, step, ct);
            await connection.ExecuteAsync(new CommandDefinition($"insert into {Applied}(name, applied_at) values(@Name, @now)",
                new { script.Name, now = time.Milliseconds() }, cancellationToken: ct));
            log.LogInformation("Migration {Migration} applied", script.Name);
        }
    }

    async Task<bool> HasFormerTable(DbConnection connection, CancellationToken ct)
    {
        foreach (var table in FormerTables)
        {
            if (await database.Dialect.HasColumn(connection, table, "id", ct))
                return true;
        }
        return false;
    }

    async Task Run(DbConnection connection, FormerStep step, CancellationToken ct)
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
                await connection.ExecuteAsync(new CommandDefinition(step.Sql, commandTimeout: CommandTimeout, cancellationToken: ct));
                return;
        }
    }
}

/// <summary>Adds the scripts to a process.</summary>
public static class FormerSchemaRegistration
{
    /// <summary>An older installation goes on with its rows.</summary>
    public static IServiceCollection AddFormerSchema(this IServiceCollection services) => services.AddSingleton<IFormerSchema, FormerScripts>();
}
