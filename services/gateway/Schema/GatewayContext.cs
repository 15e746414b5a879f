using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Sigma.Storage;
using Sigma.Storage.Revisions;
using Sigma.Storage.Schema;

namespace Sigma.Gateway.Schema;

/// <summary>The tables of the gateway.</summary>
public abstract class GatewayContext(DbContextOptions options) : ServiceContext(options)
{
    /// <summary>Its migrations.</summary>
    public static ServiceSchema<GatewayContext> Schema { get; } = new("gateway",
        ContextFactory<GatewayContext>.Of<GatewayMySql>(o => new(o)), ContextFactory<GatewayContext>.Of<GatewaySqlite>(o => new(o)))
    {
        MadeByScripts = false,
    };

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<IntakeRow>();
        model.Entity<SeenRow>();
        model.Entity<OpenRow>();
        model.Entity<ConfirmationRow>();
        RevisionTables.Map(model, "gateway");
        base.OnModelCreating(model);
    }
}

internal sealed class GatewayMySql(DbContextOptions<GatewayMySql> options) : GatewayContext(options);

internal sealed class GatewaySqlite(DbContextOptions<GatewaySqlite> options) : GatewayContext(options);

/// <summary>For <c>dotnet ef</c>, which makes and checks migrations without a server.</summary>
internal sealed class GatewayDesign : IDesignTimeDbContextFactory<GatewayMySql>, IDesignTimeDbContextFactory<GatewaySqlite>
{
    GatewayMySql IDesignTimeDbContextFactory<GatewayMySql>.CreateDbContext(string[] args) =>
        (GatewayMySql)GatewayContext.Schema.Open(Dialects.Of(StorageProvider.MySql), null);

    GatewaySqlite IDesignTimeDbContextFactory<GatewaySqlite>.CreateDbContext(string[] args) =>
        (GatewaySqlite)GatewayContext.Schema.Open(Dialects.Of(StorageProvider.Sqlite), null);
}
