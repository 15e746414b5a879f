namespace Sigma.OperatorConsole.Alerts;

/// <summary>How fast alerts were taken on and cleared.</summary>
/// <param name="Rules">By rule.</param>
/// <param name="IsPart">There are more alerts than were looked at.</param>
public sealed record HistoryTimes(IReadOnlyList<RuleTimes> Rules, bool IsPart);

/// <summary>How fast alerts of a rule were taken on and cleared; the times are null where there are none.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Alerts">How many there were.</param>
/// <param name="Acknowledged">How many somebody took on.</param>
/// <param name="Cleared">How many are over.</param>
/// <param name="ToAcknowledge">From the raise until somebody took it on.</param>
/// <param name="ToClear">From the raise until it was cleared.</param>
public sealed record RuleTimes(string Rule, int Alerts, int Acknowledged, int Cleared, Spread? ToAcknowledge, Spread? ToClear);

/// <summary>How lengths of time are spread.</summary>
/// <param name="Median">Half of them are no longer.</param>
/// <param name="NinetyPercent">Nine of ten are no longer.</param>
/// <param name="Mean">Their mean.</param>
public sealed record Spread(TimeSpan Median, TimeSpan NinetyPercent, TimeSpan Mean)
{
    internal static Spread? Of(List<long> milliseconds)
    {
        if (milliseconds.Count == 0)
            return null;
        milliseconds.Sort();
        return new(At(milliseconds, 0.5), At(milliseconds, 0.9), TimeSpan.FromMilliseconds(Math.Round(milliseconds.Average())));
    }

    static TimeSpan At(List<long> sorted, double part) => TimeSpan.FromMilliseconds(sorted[(int)Math.Ceiling(part * sorted.Count) - 1]);
}

/// <summary>Gathers the times of one rule.</summary>
internal sealed class RuleTimesBuilder
{
    readonly List<long> _toAcknowledge = [], _toClear = [];
    int _alerts;

    public void Add(AlertView alert)
    {
        _alerts++;
        if (alert.AcknowledgedAt is { } acknowledged)
            _toAcknowledge.Add(Math.Max(0, (long)(acknowledged - alert.RaisedAt).TotalMilliseconds));
        if (alert.ClearedAt is { } cleared)
            _toClear.Add(Math.Max(0, (long)(cleared - alert.RaisedAt).TotalMilliseconds));
    }

    public RuleTimes Times(string rule) =>
        new(rule, _alerts, _toAcknowledge.Count, _toClear.Count, Spread.Of(_toAcknowledge), Spread.Of(_toClear));
}
