using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Queries;

/// <summary>The alerts that are raised now.</summary>
public sealed class RaisedAlertQuery(Database database)
{
    /// <summary>All of them that somebody was told of, the newest first.</summary>
    public async Task<IReadOnlyList<RaisedAlert>> All(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return [.. (await TriggerTable.AllRaised(session, ct)).Where(trigger => !trigger.Shadow)
            .Select(trigger => new RaisedAlert(trigger.CorrelationId, trigger.AlertId, trigger.Rule,
            trigger.Source, trigger.Severity, trigger.Labels, trigger.Count, trigger.Threshold, trigger.RaisedAt, trigger.Kind,
            trigger.Summary, trigger.AcknowledgedAt, trigger.AcknowledgedBy))];
    }
}

/// <summary>An alert that is raised.</summary>
/// <param name="TriggerId">Follows from its rule and key.</param>
/// <param name="AlertId">Identity of this episode.</param>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Source">Source of the events.</param>
/// <param name="Severity">The rule's when it was raised.</param>
/// <param name="Labels">The key.</param>
/// <param name="Count">Events in the window that raised it; null where none are counted.</param>
/// <param name="Threshold">The threshold then; null where none are counted.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="Kind">Kind of the rule.</param>
/// <param name="Summary">What it says of itself; null when nothing.</param>
/// <param name="AcknowledgedAt">When somebody took it on; null while nobody has.</param>
/// <param name="AcknowledgedBy">Who.</param>
public sealed record RaisedAlert(Guid TriggerId, Guid AlertId, string Rule, string Source, string Severity,
    IReadOnlyDictionary<string, string> Labels, int? Count, int? Threshold, DateTimeOffset RaisedAt, string Kind, string? Summary,
    DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy);
