using System.Data.Common;
using System.Reflection;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sigma.Storage.Schema;

/// <summary>The tables of one service: by which migrations they are made, and where it is written which are applied.</summary>
public abstract class ServiceSchema(string name)
{
    internal const string HistorySuffix = "_migrations";

    /// <summary>The name of the service.</summary>
    public string Name => name;

    /// <summary>Whether the scripts from before there were migrations made what its first migration makes.</summary>
    public bool MadeByScripts { get; init; } = true;

    /// <summary>The table that says which migrations are applied.</summary>
    public string History => name + HistorySuffix;

    /// <summary>The migrations for a database, in their order. It asks the assembly, not the model, which would cost 20 MB of memory.</summary>
    public IReadOnlyList<string> Migrations(IDialect dialect)
    {
        var context = ContextType(dialect);
        return [.. from type in context.Assembly.GetTypes()
            where type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context
            let migration = type.GetCustomAttribute<MigrationAttribute>()
            where migration is not null
            orderby migration.Id
            select migration.Id];
    }

    /// <summary>The migrations that a database has, in their order.</summary>
    public async Task<IReadOnlyList<string>> Applied(IDialect dialect, DbConnection connection, CancellationToken ct) =>
        await dialect.HasColumn(connection, History, "MigrationId", ct)
            ? (await connection.QueryAsync<string>(new CommandDefinition($"select MigrationId from {History} order by MigrationId",
                cancellationToken: ct))).AsList()
            : [];

    /// <summary>A context on this connection, or one that cannot connect.</summary>
    public abstract ServiceContext Open(IDialect dialect, DbConnection? connection);

    internal abstract Type ContextType(IDialect dialect);
}

/// <inheritdoc />
/// <param name="name">The name of the service.</param>
/// <param name="mySql">The context for MySQL.</param>
/// <param name="sqlite">The context for SQLite.</param>
public sealed class ServiceSchema<TContext>(string name, ContextFactory<TContext> mySql, ContextFactory<TContext> sqlite) : ServiceSchema(name)
    where TContext : ServiceContext
{
    /// <inheritdoc />
    public override TContext Open(IDialect dialect, DbConnection? connection) => Factory(dialect).Create(Options(dialect, connection));

    /// <summary>A context inside a transaction that is somebody else's.</summary>
    internal TContext Join(IDialect dialect, DbConnection connection)
    {
        var context = Factory(dialect).Create(Options(dialect, connection, OneTransaction.Instance));
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never; // one of its own would commit ours, on MySQL without a word
        return context;
    }

    internal override Type ContextType(IDialect dialect) => Factory(dialect).Type;

    ContextFactory<TContext> Factory(IDialect dialect) => dialect.Name == "Sqlite" ? sqlite : mySql;

    DbContextOptions Options(IDialect dialect, DbConnection? connection, params IInterceptor[] interceptors)
    {
        var options = Factory(dialect).Options();
        dialect.Use(options, connection, History);
        return options.AddInterceptors(interceptors).Options;
    }
}
