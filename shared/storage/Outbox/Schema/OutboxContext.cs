using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Sigma.Storage.Schema;

namespace Sigma.Storage.Outbox.Schema;

/// <summary>The table that every service writes: the outbox.</summary>
public abstract class OutboxContext(DbContextOptions options) : ServiceContext(options)
{
    /// <summary>Its migrations. They are applied before any service's own.</summary>
    public static ServiceSchema<OutboxContext> Schema { get; } = new("outbox",
        ContextFactory<OutboxContext>.Of<OutboxMySql>(o => new(o)), ContextFactory<OutboxContext>.Of<OutboxSqlite>(o => new(o)));

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<OutboxEntry>();
        base.OnModelCreating(model);
    }
}

internal sealed class OutboxMySql(DbContextOptions<OutboxMySql> options) : OutboxContext(options);

internal sealed class OutboxSqlite(DbContextOptions<OutboxSqlite> options) : OutboxContext(options);

/// <summary>For <c>dotnet ef</c>, which makes and checks migrations without a server.</summary>
internal sealed class OutboxDesign : IDesignTimeDbContextFactory<OutboxMySql>, IDesignTimeDbContextFactory<OutboxSqlite>
{
    OutboxMySql IDesignTimeDbContextFactory<OutboxMySql>.CreateDbContext(string[] args) =>
        (OutboxMySql)OutboxContext.Schema.Open(new MySqlDialect(), null);

    OutboxSqlite IDesignTimeDbContextFactory<OutboxSqlite>.CreateDbContext(string[] args) =>
        (OutboxSqlite)OutboxContext.Schema.Open(new SqliteDialect(), null);
}
