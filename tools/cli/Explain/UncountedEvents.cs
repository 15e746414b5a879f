using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;

namespace Sigma.Cli.Explain;

/// <summary>Events of the account that do not count for a rule, and why.</summary>
/// <param name="Reason">One of the constants.</param>
/// <param name="Because">The same for people.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstAt">The oldest, as stored.</param>
/// <param name="LastAt">The newest.</param>
/// <param name="Examples">Some of them.</param>
internal sealed record UncountedEvents(string Reason, string Because, long Count, long FirstAt, long LastAt, IReadOnlyList<OneEvent> Examples)
{
    public const string Excused = "excused", OwnCode = "own-code", NotIncluded = "not-included", Excluded = "excluded", Older = "older",
        Later = "later";

    /// <summary>How many occurrences they are of; only of excused ones.</summary>
    public int? Occurrences { get; init; }

    /// <summary>The label they are left out for.</summary>
    public string? Label { get; init; }

    /// <summary>Its values.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>What the rule does not look at.</summary>
    public static async Task<List<UncountedEvents>> ByRule(StoredEvents events, IReadOnlyList<AlikeEvents> alike, Rule rule, RuleSet rules,
        long after, long to, CancellationToken ct)
    {
        List<UncountedEvents> left = [];
        foreach (var same in alike.Select(a => (Alike: a, Why: Why(a.Labels, rule, rules))).Where(a => a.Why is not null)
            .GroupBy(a => a.Why!.Value, a => a.Alike))
        {
            var ((reason, label), values) =
                (same.Key, same.Select(a => a.Labels.GetValueOrDefault(same.Key.Label, "")).Distinct().Order(StringComparer.Ordinal).ToList());
            left.Add(new(reason, Says(reason, label, rule), same.Sum(a => a.Count), same.Min(a => a.FirstAt), same.Max(a => a.LastAt),
                await events.Examples([.. same.Select(a => a.Json)], after, to, ct)) { Label = label, Values = values });
        }
        return [.. left.OrderByDescending(l => l.Count)];
    }

    /// <summary>What would count for the key if its occurrence had not been closed by the system user.</summary>
    public static async Task<UncountedEvents?> OfExcused(StoredEvents events, Guid key, long after, long to, LocalTimes local, CancellationToken ct)
    {
        if (await events.Excused(key, after, to, ct) is not { } excused)
            return null;
        // An occurrence is kept by a hash of its id, so it cannot be named.
        return new(Excused, $"of {Number(excused.Occurrences, "occurrence")} the system user closed, known since {local.Show(excused.KnownSince)}"
            + (excused.KnownLate > 0 ? $"; {excused.KnownLate:#,0} of them were known only after this moment, and counted until then" : ""),
            excused.Count, excused.FirstAt, excused.LastAt, excused.Examples)
        { Occurrences = excused.Occurrences };
    }

    public static string Number(long count, string what) => count == 1 ? $"1 {what}" : $"{count:#,0} {what}s";

    static (string Reason, string Label)? Why(IReadOnlyDictionary<string, string> labels, Rule rule, RuleSet rules) =>
        rules.IsOwn(labels) ? (OwnCode, "code") : rule.PassedOverBy(labels) is { } by ? (by.Excluded ? Excluded : NotIncluded, by.Label) : null;

    static string Says(string reason, string label, Rule rule) => reason switch
    {
        OwnCode => "put into Segware by the tracker itself (Evaluator__OwnCodes)",
        Excluded => $"left out by the rule's Exclude__{label}",
        _ when label.Equals("cuc", StringComparison.OrdinalIgnoreCase) && rule.Source == "segware" =>
            "not among the CUCs the rule counts (Include__cuc, or its default)",
        _ => $"not named by the rule's Include__{label}",
    };
}
