using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Sigma.Storage;
using Sigma.Storage.Revisions;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

/// <summary>The tables of the notifier.</summary>
public abstract class NotifierContext(DbContextOptions options) : ServiceContext(options)
{
    /// <summary>Its migrations.</summary>
    public static ServiceSchema<NotifierContext> Schema { get; } = new("notifier",
        ContextFactory<NotifierContext>.Of<NotifierMySql>(o => new(o)), ContextFactory<NotifierContext>.Of<NotifierSqlite>(o => new(o)));

    internal DbSet<AccountRow> Accounts => Set<AccountRow>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder model)
    {
        var labels = model.Entity<RegisterRow>().HasIndex(row => new { row.Labels, row.CreatedAt }, "ix_registers_labels");
        if (IsMySql)
            labels.HasPrefixLength(60, 0); // they begin with the account
        model.Entity<DeliveryRow>();
        model.Entity<RecipientRow>();
        model.Entity<AccountRow>();
        model.Entity<AlarmEventRow>();
        model.Entity<WatermarkRow>();
        model.Entity<NoticeRow>();
        model.Entity<DrillAlertRow>();
        model.Entity<SilenceRow>();
        model.Entity<DecisionRow>();
        model.Entity<EscalationRow>();
        model.Entity<SnoozeRow>();
        model.Entity<FlowRunRow>();
        RevisionTables.Map(model, "notifier");
        base.OnModelCreating(model);
    }
}

internal sealed class NotifierMySql(DbContextOptions<NotifierMySql> options) : NotifierContext(options);

internal sealed class NotifierSqlite(DbContextOptions<NotifierSqlite> options) : NotifierContext(options);

/// <summary>For <c>dotnet ef</c>, which makes and checks migrations without a server.</summary>
internal sealed class NotifierDesign : IDesignTimeDbContextFactory<NotifierMySql>, IDesignTimeDbContextFactory<NotifierSqlite>
{
    NotifierMySql IDesignTimeDbContextFactory<NotifierMySql>.CreateDbContext(string[] args) =>
        (NotifierMySql)NotifierContext.Schema.Open(Dialects.Of(StorageProvider.MySql), null);

    NotifierSqlite IDesignTimeDbContextFactory<NotifierSqlite>.CreateDbContext(string[] args) =>
        (NotifierSqlite)NotifierContext.Schema.Open(Dialects.Of(StorageProvider.Sqlite), null);
}
