using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>An explanation for other programs: each line is of one <c>kind</c> and names its rule. Times are UTC.</summary>
internal static class ExplanationJson
{
    public static void Write(Screen screen, Explanation about, AlertVerdict alertVerdict)
    {
        var rule = about.Rule.Name;
        var labels = about.Key?.Labels;
        Rule(screen, about);
        foreach (var key in about.Keys)
            screen.Line(new { kind = "key", rule, labels = key.Labels, count = key.Count, threshold = key.Limits.Threshold, inAlert = key.InAlert });
        if (about.Window is { } window)
            screen.Line(new
            {
                kind = "chart", rule, labels, from = (about.Query.At - about.Rule.Window).ToTime(), to = about.Query.At.ToTime(),
                count = window.Count, threshold = about.Key!.Limits.Threshold,
                oldest = window.OldestAt?.ToTime(), newest = window.NewestAt?.ToTime(), complete = about.IsKept,
                buckets = window.Buckets.Select(bucket => new { to = bucket.To.ToTime(), @new = bucket.New, inWindow = bucket.InWindow }),
            });
        foreach (var left in about.Uncounted)
            screen.Line(new
            {
                kind = "leftOut", rule, reason = left.Reason, label = left.Label, values = left.Values, count = left.Count,
                occurrences = left.Occurrences, first = left.FirstAt.ToTime(), last = left.LastAt.ToTime(),
                says = left.Because, examples = left.Examples.Select(e => new { eventId = e.EventId, at = e.At.ToTime(), labels = e.Labels }),
            });
        foreach (var gap in about.Coverage.Gaps)
            screen.Line(new
            {
                kind = "coverage", rule, from = gap.From.ToTime(), to = gap.To.ToTime(), state = gap.State, reason = gap.Reason,
                attempts = gap.Attempts > 0 ? gap.Attempts : (int?)null,
                nextTry = gap.NextTry?.ToTime(), coveredAt = gap.CoveredAt?.ToTime(),
            });
        Episodes(screen, about);
        screen.Line(new
        {
            kind = "verdict", rule, labels, state = alertVerdict.State, inAlert = about.InAlert,
            since = about.InAlert ? about.RaisedAt?.ToTime() : null, count = about.IsKept ? about.Window?.Count : null,
            threshold = about.Key?.Limits.Threshold, clearBelow = about.Key?.Limits.ClearBelow, uncoveredSeconds = about.Coverage.Unknown / 1000,
            raiseAt = about.RaiseAt?.ToTime(),
            says = alertVerdict.Sentence, because = alertVerdict.Because,
        });
    }

    static void Rule(Screen screen, Explanation about)
    {
        var rule = about.Rule;
        var limits = about.Key?.Limits ?? about.Rule.UsualLimits;
        screen.Line(new
        {
            kind = "rule", rule = rule.Name, source = rule.Source, severity = rule.Severity, windowSeconds = rule.Window / 1000,
            groupBy = rule.GroupBy, threshold = limits.Threshold, clearBelow = limits.ClearBelow,
            forSeconds = rule.Options.For > TimeSpan.Zero ? (double?)rule.Options.For.TotalSeconds : null,
            hours = rule.Options.Hours.Count > 0 ? rule.Options.Hours : null,
            @override = about.Key is { } key && rule.OverrideOf(key.Labels) is { } number
                ? new { number, labels = rule.LabelsOfOverride(number), usualThreshold = rule.UsualLimits.Threshold,
                    usualClearBelow = rule.UsualLimits.ClearBelow } : null,
        });
    }

    static void Episodes(Screen screen, Explanation about)
    {
        if (about.Raised is { } raised && about.Episode is null)
            screen.Line(new { kind = "episode", rule = raised.Rule, alertId = raised.AlertId, lasts = true, raisedAt = raised.RaisedAt,
                count = raised.Count, threshold = raised.Threshold });
        foreach (var past in about.Episodes.Where(e => e.RaisedAt is null || e.RaisedAt <= about.Query.At))
            screen.Line(new
            {
                kind = "episode", rule = past.Rule, alertId = past.AlertId, lasts = past.AlertId == about.Raised?.AlertId
                    || (!about.Query.IsNow && past.Lasts(about.Query.At)), raisedAt = past.RaisedAt?.ToTime(),
                count = past.Count, threshold = past.Threshold, clearedAt = past.ClearedAt?.ToTime(), clearedCount = past.ClearedCount,
                clearedReason = past.ClearedReason,
            });
        foreach (var decision in about.Decisions)
            screen.Line(new
            {
                kind = "decision", rule = about.Rule.Name, alertId = about.Raised?.AlertId ?? about.Episode?.AlertId, decision = decision.Kind,
                channel = decision.Channel, at = decision.DecidedAt.ToTime(), reason = decision.Reason,
            });
        foreach (var delivery in about.Deliveries)
            screen.Line(new
            {
                kind = "delivery", rule = about.Rule.Name, alertId = delivery.AlertId, says = delivery.Kind, channel = delivery.Channel,
                state = delivery.State.Stored(), attempts = delivery.Attempts,
                createdAt = delivery.CreatedAt.ToTime(), settledAt = delivery.SettledAt?.ToTime(),
                due = delivery.SettledAt is null ? delivery.DueAt.ToTime() : (DateTimeOffset?)null, reason = delivery.Reason,
            });
        foreach (var run in about.Runs)
            screen.Line(RunText.Json(run));
    }
}
