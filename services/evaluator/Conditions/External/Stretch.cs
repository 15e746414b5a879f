using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.External;

/// <summary>A stretch of time in which a condition was reported, and that is over before anybody may have looked.</summary>
internal static class Stretch
{
    /// <summary>What was wrong, for as long as the rule wants and in its hours; null when nothing was that is over.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="known">As it was reported before; null when it was not.</param>
    /// <param name="report">The newest report of it, and those that came with it.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    /// <returns>It, and up to when reports that say it fires are of stretches that are known.</returns>
    public static (Finding? Missed, long KnownUntil) EndedBy(Rule rule, Reported? known, Report report, long now)
    {
        Finding? missed = null;
        var (fired, knownUntil) = (known is { Fires: true }, known?.KnownUntil ?? 0);
        foreach (var next in report.Earlier.Append(report.Condition).Select(ReportedTable.RowOf))
        {
            if (known is not null && next.ReportedAt < known.ReportedAt)
            {
                // An older one changes nothing, unless another evaluator was quicker with what came after it.
                if (!next.Fires || next.ReportedAt <= knownUntil)
                    continue;
                missed ??= Missed(rule, next, known.ReportedAt);
                knownUntil = known.ReportedAt;
                continue;
            }
            if (next.Fires || known is { Fires: true })
                knownUntil = next.ReportedAt;
            if (known is { Fires: true } && !next.Fires)
                missed ??= Missed(rule, known, next.ReportedAt);
            known = known is { Fires: true } && next.Fires ? next with { StartedAt = Math.Min(known.StartedAt, next.StartedAt) } : next;
        }
        if (!fired && known is { Fires: true } && EndOf(rule, known) is var end && end <= now)
            missed ??= Missed(rule, known, end); // its lease is over before anybody can look
        return (missed, knownUntil);
    }

    // Where it may have ended without a word before somebody may have looked and cleared it, so that does not count here.
    static Finding? Missed(Rule rule, Reported stretch, long end)
    {
        var raiseAt = stretch.StartedAt + (long)rule.Options.For.TotalMilliseconds;
        return raiseAt <= end && end <= EndOf(rule, stretch) && (rule.Hours is null || rule.Hours.FirstFrom(raiseAt.ToTime()) < end.ToTime())
            ? ExternalCondition.Found(stretch, "a report") with { IsOver = true, More = $", {stretch.ExternalId}, over since {end.ToTime():u}" }
            : null;
    }

    static long EndOf(Rule rule, Reported stretch) => Reported.EndsAt(rule, stretch.ReportedAt, stretch.LeaseUntil, 0);
}
