using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Sigma.Storage;
using Sigma.Storage.Revisions;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

/// <summary>The tables of the evaluator.</summary>
public abstract class EvaluatorContext(DbContextOptions options) : ServiceContext(options)
{
    /// <summary>Its migrations.</summary>
    public static ServiceSchema<EvaluatorContext> Schema { get; } = new("evaluator",
        ContextFactory<EvaluatorContext>.Of<EvaluatorMySql>(o => new(o)), ContextFactory<EvaluatorContext>.Of<EvaluatorSqlite>(o => new(o)));

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder model)
    {
        var labels = model.Entity<EventRow>().HasIndex(row => new { row.Labels, row.OccurredAt }, "ix_evaluator_events_labels");
        if (IsMySql)
            labels.HasPrefixLength(40, 0); // they begin with the account
        model.Entity<WindowRow>();
        model.Entity<OccurrenceRow>();
        model.Entity<ExcusedRow>();
        model.Entity<PartRow>();
        model.Entity<CoverageRow>();
        model.Entity<ClearedRow>();
        model.Entity<OddEventRow>();
        model.Entity<RuleRow>();
        model.Entity<TriggerRow>();
        model.Entity<AlertNoteRow>();
        model.Entity<HeardRow>();
        model.Entity<SeriesRow>();
        model.Entity<ReportedRow>();
        model.Entity<PendingRow>();
        model.Entity<IntakeRow>();
        model.Entity<IntakePartRow>();
        model.Entity<TrackerWindowRow>();
        RevisionTables.Map(model, "evaluator");
        base.OnModelCreating(model);
    }
}

internal sealed class EvaluatorMySql(DbContextOptions<EvaluatorMySql> options) : EvaluatorContext(options);

internal sealed class EvaluatorSqlite(DbContextOptions<EvaluatorSqlite> options) : EvaluatorContext(options);

/// <summary>For <c>dotnet ef</c>, which makes and checks migrations without a server.</summary>
internal sealed class EvaluatorDesign : IDesignTimeDbContextFactory<EvaluatorMySql>, IDesignTimeDbContextFactory<EvaluatorSqlite>
{
    EvaluatorMySql IDesignTimeDbContextFactory<EvaluatorMySql>.CreateDbContext(string[] args) =>
        (EvaluatorMySql)EvaluatorContext.Schema.Open(Dialects.Of(StorageProvider.MySql), null);

    EvaluatorSqlite IDesignTimeDbContextFactory<EvaluatorSqlite>.CreateDbContext(string[] args) =>
        (EvaluatorSqlite)EvaluatorContext.Schema.Open(Dialects.Of(StorageProvider.Sqlite), null);
}
