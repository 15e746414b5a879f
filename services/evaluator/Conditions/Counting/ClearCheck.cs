using System.Text.Json;
using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Reports.Legacy;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting.Messaging;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>
/// When covered time moves on: which raised alerts are below their clear limit now? Each trigger knows the earliest time at which that can be
/// (<c>clear_check_at</c>), so a key that keeps flooding is looked at about once a window, not at every poll.
/// </summary>
internal sealed class ClearCheck(Database database, RuleBook book, RulesInForce inForce, LegacyWindow legacy)
{
    const int Batch = 500;

    public async Task Run(string source, CoveredRange coveredRange, IPublishEndpoint bus, CancellationToken ct)
    {
        var rules = book.Now;
        foreach (var rule in rules.Watching(source)
            .Where(rule => inForce.Includes(rule) && coveredRange.To - coveredRange.From >= CountCondition.Kept(rule)))
        {
            // An empty answer is what ends this: a checked trigger is pushed ahead or its clearing is on its way.
            var seen = new HashSet<Guid>();
            while (await Check(rule, coveredRange.To, seen, bus, ct) == Batch) { }
        }
        if (rules.Watching(source).All(rule => rule.Lines is null) && !Drill.Is(source)) // other reports read it
            await legacy.Move(coveredRange.To - (long)rules.LongestWindow.TotalMilliseconds, ct);
    }

    async Task<int> Check(Rule rule, long through, HashSet<Guid> seen, IPublishEndpoint bus, CancellationToken ct)
    {
        List<ClearHint> due = [];
        List<(ClearCandidate, long)> later = [];
        await using var session = await database.Begin(ct);
        var candidates = (await TriggerTable.DueForClearCheck(session, rule.Name, through, Batch + seen.Count, ct)).Where(c => seen.Add(c.TriggerId))
            .ToList();
        using var activity = candidates.Count > 0 ? EvaluatorTelemetry.Source.StartActivity("count") : null;
        foreach (var alike in candidates.GroupBy(c => rule.LimitsOf(Labels(c.Labels)).ClearBelow))
        {
            var left = (await WindowCount.RemainingCounts(session, alike.Select(c => c.TriggerId), through - rule.Window, alike.Key, ct))
                .ToDictionary(r => r.TriggerId);
            foreach (var candidate in alike)
                if (left.GetValueOrDefault(candidate.TriggerId) is { LimitingEventAt: { } limiting })
                    later.Add((candidate, limiting + CountCondition.Kept(rule)));
                else
                    due.Add(new ClearHint { TriggerId = candidate.TriggerId, Through = through.ToTime(), Reason = ClearReason.VolumeNormal });
        }
        await TriggerTable.CheckLater(session, later, ct);
        await session.Commit(ct);
        activity?.SetTag("sigma.for", "clear").SetTag("sigma.rule", rule.Name).SetTag("sigma.keys", candidates.Count)
            .SetTag("sigma.keys.due", due.Count);
        await Task.WhenAll(due.Select(message => bus.PublishInTime(message, ct)));
        return candidates.Count;
    }

    static Dictionary<string, string> Labels(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
}
