using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Sigma.Storage;
using Sigma.Storage.Schema;

namespace Sigma.Fetcher.Schema;

/// <summary>The tables of the fetcher.</summary>
public abstract class FetcherContext(DbContextOptions options) : ServiceContext(options)
{
    /// <summary>Its migrations.</summary>
    public static ServiceSchema<FetcherContext> Schema { get; } = new("fetcher",
        ContextFactory<FetcherContext>.Of<FetcherMySql>(o => new(o)), ContextFactory<FetcherContext>.Of<FetcherSqlite>(o => new(o)));

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<SliceRow>();
        model.Entity<SourceRow>();
        model.Entity<DrillRow>();
        model.Entity<OddRecordRow>();
        model.Entity<FieldRow>();
        model.Entity<PolledRow>();
        model.Entity<PolledRunRow>();
        model.Entity<SourceConditionRow>();
        base.OnModelCreating(model);
    }
}

internal sealed class FetcherMySql(DbContextOptions<FetcherMySql> options) : FetcherContext(options);

internal sealed class FetcherSqlite(DbContextOptions<FetcherSqlite> options) : FetcherContext(options);

/// <summary>For <c>dotnet ef</c>, which makes and checks migrations without a server.</summary>
internal sealed class FetcherDesign : IDesignTimeDbContextFactory<FetcherMySql>, IDesignTimeDbContextFactory<FetcherSqlite>
{
    FetcherMySql IDesignTimeDbContextFactory<FetcherMySql>.CreateDbContext(string[] args) =>
        (FetcherMySql)FetcherContext.Schema.Open(Dialects.Of(StorageProvider.MySql), null);

    FetcherSqlite IDesignTimeDbContextFactory<FetcherSqlite>.CreateDbContext(string[] args) =>
        (FetcherSqlite)FetcherContext.Schema.Open(Dialects.Of(StorageProvider.Sqlite), null);
}
