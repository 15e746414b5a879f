using System.Data.Common;
using Dapper;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>Events of the account that do not count for a rule, and why.</summary>
/// <param name="Reason">One of the constants.</param>
/// <param name="Because">The same for people.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstAt">The oldest, as stored.</param>
/// <param name="LastAt">The newest.</param>
/// <param name="Examples">Some of them.</param>
internal sealed record LeftOut(string Reason, string Because, long Count, long FirstAt, long LastAt, IReadOnlyList<OneEvent> Examples)
{
    public const string Excused = "excused", OwnCode = "own-code", NotIncluded = "not-included", Excluded = "excluded", Older = "older", Later = "later";

    const int MostOccurrences = 1_000, MostExamples = 3;

    /// <summary>How many occurrences they are of; only of excused ones.</summary>
    public int? Occurrences { get; init; }

    /// <summary>The label they are left out for.</summary>
    public string? Label { get; init; }

    /// <summary>Its values.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>What the rule does not look at.</summary>
    public static async Task<List<LeftOut>> ByRule(StoredEvents events, IReadOnlyList<AlikeEvents> alike, Rule rule, RuleSet rules, long after, long to, CancellationToken ct)
    {
        List<LeftOut> left = [];
        foreach (var same in alike.Select(a => (Alike: a, Why: Why(a.Labels, rule, rules))).Where(a => a.Why is not null).GroupBy(a => a.Why!.Value, a => a.Alike))
        {
            var ((reason, label), values) = (same.Key, same.Select(a => a.Labels.GetValueOrDefault(same.Key.Label, "")).Distinct().Order(StringComparer.Ordinal).ToList());
            left.Add(new(reason, Says(reason, label, rule), same.Sum(a => a.Count), same.Min(a => a.FirstAt), same.Max(a => a.LastAt),
                await events.Examples([.. same.Select(a => a.Json)], after, to, ct)) { Label = label, Values = values });
        }
        return [.. left.OrderByDescending(l => l.Count)];
    }

    /// <summary>What would count for the key if its occurrence had not been closed by the system user.</summary>
    public static async Task<LeftOut?> OfExcused(DbConnection connection, Guid key, long after, long to, LocalTimes local, CancellationToken ct)
    {
        // The counting statement's other half: ix_evaluator_window_count, and evaluator_excused by its primary key.
        var excused = $"""
            from evaluator_window w join evaluator_excused x on x.occurrence_key = w.occurrence_key
            where w.trigger_id = x'{key:N}' and w.occurred_at > {after} and w.occurred_at <= {to}
            """;
        var found = (await connection.QueryAsync<(long Count, long FirstAt, long LastAt, long ExcusedAt)>(new CommandDefinition(
            $"select count(*), min(w.occurred_at), max(w.occurred_at), max(x.excused_at) {excused} group by w.occurrence_key limit {MostOccurrences}", cancellationToken: ct))).AsList();
        if (found.Count == 0)
            return null;
        var examples = await connection.QueryAsync<(string EventId, long At, string Labels)>(new CommandDefinition( // evaluator_events by its primary key
            $"select e.event_id, e.occurred_at, e.labels from (select w.event_key, w.occurred_at {excused} order by w.occurred_at desc limit {MostExamples}) newest join evaluator_events e on e.event_key = newest.event_key order by e.occurred_at desc",
            cancellationToken: ct));
        var since = found.Max(f => f.ExcusedAt);
        var late = found.Where(f => f.ExcusedAt > to).Sum(f => f.Count);
        // An occurrence is kept by a hash of its id, so it cannot be named.
        return new(Excused, $"of {Number(found.Count, "occurrence")} the system user closed, known since {local.Show(since)}"
            + (late > 0 ? $"; {late:#,0} of them were known only after this moment, and counted until then" : ""),
            found.Sum(f => f.Count), found.Min(f => f.FirstAt), found.Max(f => f.LastAt), [.. examples.Select(e => new OneEvent(e.EventId, e.At, StoredEvents.Read(e.Labels)))])
        { Occurrences = found.Count };
    }

    public static string Number(long count, string what) => count == 1 ? $"1 {what}" : $"{count:#,0} {what}s";

    static (string Reason, string Label)? Why(IReadOnlyDictionary<string, string> labels, Rule rule, RuleSet rules) =>
        rules.IsOwn(labels) ? (OwnCode, "code") : rule.PassedOverBy(labels) is { } by ? (by.Excluded ? Excluded : NotIncluded, by.Label) : null;

    static string Says(string reason, string label, Rule rule) => reason switch
    {
        OwnCode => "put into Segware by the tracker itself (Evaluator__OwnCodes)",
        Excluded => $"left out by the rule's Exclude__{label}",
        _ when label.Equals("cuc", StringComparison.OrdinalIgnoreCase) && rule.Source == "segware" => "not among the CUCs the rule counts (Include__cuc, or its default)",
        _ => $"not named by the rule's Include__{label}",
    };
}
