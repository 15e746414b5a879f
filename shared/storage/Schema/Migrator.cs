using System.Data.Common;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;

namespace Sigma.Storage.Schema;

/// <summary>
/// Brings the tables of this process's services up to date at start, one process at a time, also on top of an older installation's.
/// </summary>
public sealed class Migrator(Database database, IEnumerable<ServiceSchema> schemas, IFormerSchema former, ILogger<Migrator> log)
{
    // Seconds: an index on a table of many million rows is made while others write to it. After the default of 30 Pomelo would go on without its
    // lock.
    const int CommandTimeout = 3600;

    readonly IReadOnlyList<ServiceSchema> _schemas = [.. schemas];

    /// <summary>Applies every migration not yet applied. A crash in the middle is mended by the next run: each statement can be repeated.</summary>
    public async Task Apply(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        if (await IsUpToDate(connection, ct)) // no model is made, and a user who may create nothing starts on an imported schema
            return;
        await using var held = await database.Dialect.LockMigrations(connection, ct);
        if (database.Dialect.Name == "Sqlite") // a process that was killed leaves its row in it, and the next would wait for ever
            await connection.ExecuteAsync(new CommandDefinition("drop table if exists __EFMigrationsLock", cancellationToken: ct));
        var isFormer = await former.BringUpToDate(connection, (await Applied(connection, _schemas[0], ct)).Count > 0, ct);
        foreach (var schema in _schemas)
            await Apply(schema, connection, isFormer, ct);
        if (database.Dialect.Name == "Sqlite")
            await connection.ExecuteAsync(new CommandDefinition("drop table if exists __EFMigrationsLock", cancellationToken: ct));
    }

    Task<IReadOnlyList<string>> Applied(DbConnection connection, ServiceSchema schema, CancellationToken ct) =>
        schema.Applied(database.Dialect, connection, ct);

    async Task<bool> IsUpToDate(DbConnection connection, CancellationToken ct)
    {
        foreach (var schema in _schemas)
        {
            if (schema.Migrations(database.Dialect).Except(await Applied(connection, schema, ct)).Any())
                return false;
        }
        return true;
    }

    async Task Apply(ServiceSchema schema, DbConnection connection, bool isFormer, CancellationToken ct)
    {
        await using var context = schema.Open(database.Dialect, connection);
        context.Database.SetCommandTimeout(CommandTimeout);
        var applied = await Applied(connection, schema, ct);
        if (isFormer && schema.MadeByScripts && applied.Count == 0)
            await Adopt(context, ct);
        var pending = schema.Migrations(database.Dialect).Except(await Applied(connection, schema, ct)).ToList();
        if (pending.Count == 0)
            return;
        await context.Database.MigrateAsync(ct);
        foreach (var migration in pending)
            log.LogInformation("Migration {Migration} of {Service} applied", migration, schema.Name);
    }

    // The scripts have made what the first migration makes.
    async Task Adopt(ServiceContext context, CancellationToken ct)
    {
        var history = context.GetService<IHistoryRepository>();
        await history.CreateIfNotExistsAsync(ct);
        var first = new HistoryRow(context.Database.GetMigrations().First(), ProductInfo.GetVersion());
        await context.Database.ExecuteSqlRawAsync(history.GetInsertScript(first), ct);
    }
}
