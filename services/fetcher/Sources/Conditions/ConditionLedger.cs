using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Fetcher.Sources.Conditions;

/// <summary>
/// Compares what a source tells of with what it told before, and says what is new: conditions that begin, change and end. What is over before it was
/// known is old and never told, unless it came and went since the last look. What is reported goes on by our clock, one later than the other, so that
/// a source's own times cannot make news look old.
/// </summary>
internal sealed class ConditionLedger(TimeProvider time)
{
    /// <summary>The id of a source's condition of its own: that it cannot be read.</summary>
    public const string Unreadable = "source:unreadable";

    const int MostOpen = 2000;

    /// <summary>Writes what is new, in the caller's transaction.</summary>
    /// <param name="session">The caller's.</param>
    /// <param name="plan">The source.</param>
    /// <param name="look">What was found.</param>
    /// <param name="since">When the last look that succeeded began; null before there was one.</param>
    /// <param name="failingSince">Since when the source fails, where that is to be told.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<ToldConditions> Write(DbSession session, SourcePlan plan, SourceLook look, DateTimeOffset? since, DateTimeOffset? failingSince,
        CancellationToken ct)
    {
        var known = await ConditionTable.Of(session, plan.Name, ct);
        ConditionChanges changes = new(known, time.GetUtcNow(), MostOpen);
        if (look.State != SourceState.Failed)
        {
            foreach (var seen in look.Conditions)
                changes.See(seen, since);
            if (!look.IsUnchanged)
                changes.Leave(look.IsOverUnlessSeen, plan.GoneAfter);
            changes.Over(Unreadable);
        }
        else if (failingSince is { } failing)
            changes.See(Failure(plan, look, failing), since);
        await ConditionTable.Save(session, plan.Name, changes.Changed, ct);
        return new(changes.Reports);
    }

    static SeenCondition Failure(SourcePlan plan, SourceLook look, DateTimeOffset since) => new()
    {
        ExternalId = Unreadable, Labels = plan.Labels, Fires = true, Severity = plan.FailureSeverity, StartedAt = since,
        Title = $"{plan.Failure}: {look.Reason}",
    };
}

/// <summary>What is told of a source's conditions.</summary>
internal sealed record ToldConditions(IReadOnlyList<ReportedCondition> Reports)
{
    public int Fired { get; } = Reports.Count(report => report.State == ConditionState.Firing);

    public int Resolved { get; } = Reports.Count(report => report.State == ConditionState.Resolved);
}
