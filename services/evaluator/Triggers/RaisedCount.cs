using System.Diagnostics.Metrics;
using Sigma.Evaluator.Rules;
using Sigma.Storage;
using Sigma.Storage.Counting;

namespace Sigma.Evaluator.Triggers;

/// <summary>Counts every 15 s which alerts are raised. Every evaluator counts the same rows.</summary>
internal sealed class RaisedCount(Database database, RuleBook book, TimeProvider time, ILogger<RaisedCount> log)
    : RepeatedCount("Raised alerts cannot be counted", log)
{
    volatile IReadOnlyList<RaisedByRule> _raised = [];

    protected override void Begin()
    {
        EvaluatorTelemetry.Begin(book.Now.All);
        EvaluatorTelemetry.ObserveRaised(
            () => _raised.Select(r => new Measurement<long>(r.Count, Rule(r))),
            () => _raised.Select(r => new Measurement<double>(r.Count > 0 ? (time.Milliseconds() - r.Oldest) / 1000d : 0, Rule(r))));
    }

    protected override async Task Count(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var found = await TriggerTable.CountRaised(session, ct);
        _raised = [.. found, .. book.Now.All.Select(r => r.Name).Except(found.Select(f => f.Rule)).Select(name => new RaisedByRule(name, 0, 0))];
    }

    static KeyValuePair<string, object?> Rule(RaisedByRule raised) => new("rule", raised.Rule);
}

/// <param name="Rule">Its name.</param>
/// <param name="Count">How many.</param>
/// <param name="Oldest">When the first of them was; as stored.</param>
internal sealed record RaisedByRule(string Rule, long Count, long Oldest);
