using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Sigma.Storage;
using Sigma.Storage.Schema;

namespace Sigma.OperatorConsole.Schema;

/// <summary>The tables of the console.</summary>
public abstract class ConsoleContext(DbContextOptions options) : ServiceContext(options)
{
    /// <summary>Its migrations.</summary>
    public static ServiceSchema<ConsoleContext> Schema { get; } = new("console",
        ContextFactory<ConsoleContext>.Of<ConsoleMySql>(o => new(o)), ContextFactory<ConsoleContext>.Of<ConsoleSqlite>(o => new(o)))
        { MadeByScripts = false };

    internal DbSet<AlertRow> Alerts => Set<AlertRow>();

    internal DbSet<AlertEventRow> AlertEvents => Set<AlertEventRow>();

    internal DbSet<UserRow> Users => Set<UserRow>();

    internal DbSet<TokenRow> Tokens => Set<TokenRow>();

    internal DbSet<AuditRow> Audit => Set<AuditRow>();

    internal DbSet<ViewRow> Views => Set<ViewRow>();

    internal DbSet<KeyRow> Keys => Set<KeyRow>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<AlertRow>();
        model.Entity<AlertEventRow>();
        model.Entity<SequenceRow>();
        model.Entity<UserRow>();
        model.Entity<TokenRow>();
        model.Entity<AuditRow>();
        model.Entity<ViewRow>();
        model.Entity<KeyRow>();
        base.OnModelCreating(model);
    }
}

internal sealed class ConsoleMySql(DbContextOptions<ConsoleMySql> options) : ConsoleContext(options);

internal sealed class ConsoleSqlite(DbContextOptions<ConsoleSqlite> options) : ConsoleContext(options);

/// <summary>For <c>dotnet ef</c>, which makes and checks migrations without a server.</summary>
internal sealed class ConsoleDesign : IDesignTimeDbContextFactory<ConsoleMySql>, IDesignTimeDbContextFactory<ConsoleSqlite>
{
    ConsoleMySql IDesignTimeDbContextFactory<ConsoleMySql>.CreateDbContext(string[] args) =>
        (ConsoleMySql)ConsoleContext.Schema.Open(Dialects.Of(StorageProvider.MySql), null);

    ConsoleSqlite IDesignTimeDbContextFactory<ConsoleSqlite>.CreateDbContext(string[] args) =>
        (ConsoleSqlite)ConsoleContext.Schema.Open(Dialects.Of(StorageProvider.Sqlite), null);
}
