using System.Globalization;
using Sigma.Evaluator.Queries;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

internal static class ExplanationText
{
    const int Indent = 11, MostKeys = 20, MostGaps = 8, MostBefore = 5, BarLength = 50;

    public static void Write(Screen screen, Explanation about, AlertVerdict alertVerdict, LocalTimes local)
    {
        screen.Line("");
        screen.Line(
            Cut($"── {Screen.OneLine(about.Rule.Name)} {(about.Key is { } key ? $"── {Screen.Labels(key.Labels)} " : "")}".PadRight(Paragraph.Width,
                '─')));
        foreach (var more in alertVerdict.Because)
            Paragraph.Write(screen, 2, more, first: 0);
        Keys(screen, about);
        Rule(screen, about);
        Chart(screen, about, local);
        LeftOuts(screen, about, local);
        Coverage(screen, about, local);
        Episodes(screen, about, local);
    }

    static void Keys(Screen screen, Explanation about)
    {
        if (about.Keys.Count < 2)
            return;
        Section(screen, "Keys", $"{about.Keys.Count:#,0} of this account; the fullest is explained here, another by naming it (--cuc, --code)");
        var shown =
            about.Keys.Take(MostKeys)
                .Select(key => (Key: key, Labels: Screen.Labels(key.Labels), Count: $"{Number(key.Count)} of {Number(key.Limits.Threshold)}"))
                .ToList();
        foreach (var (key, labels, count) in shown)
            screen.Line(
                Cut($"{new string(' ', Indent)}{labels.PadRight(shown.Max(other => other.Labels.Length))}  "
                    + $"{count.PadLeft(shown.Max(other => other.Count.Length))}{(key.InAlert ? "  in alert" : "")}"));
        if (about.Keys.Count > MostKeys)
            Section(screen, "", $"and {about.Keys.Count - MostKeys:#,0} with fewer");
    }

    static void Rule(Screen screen, Explanation about)
    {
        var rule = about.Rule;
        var limits = about.Key?.Limits ?? about.Rule.UsualLimits;
        var counted = rule.Options.Lines is { Length: > 0 } lines ? $"lines of {rule.Source} ({lines})" : rule.Source;
        Section(screen, "Rule",
            $"counts {Screen.OneLine(counted)} by {string.Join(", ", rule.GroupBy)} within {AlertVerdict.Span(rule.Window)}; raises at "
            + $"{limits.Threshold:#,0}, clears below {limits.ClearBelow:#,0};"
            + $" severity {Screen.OneLine(rule.Severity)}");
        if (AlertVerdict.When(rule) is { Length: > 0 } when)
            Section(screen, "", $"raises {when}");
        if (about.Key is { } key && rule.OverrideOf(key.Labels) is { } number)
            Section(screen, "",
                $"Overrides__{number} fits ({Screen.Labels(rule.LabelsOfOverride(number))}): "
                    + $"{string.Join(", ", Changes(rule.UsualLimits.Threshold, limits.Threshold, rule.UsualLimits.ClearBelow, limits.ClearBelow))}");
        if (!rule.GroupBy.Contains("account"))
            Section(screen, "", "it does not group by account: the events of all accounts count together");
    }

    static IEnumerable<string> Changes(int usualThreshold, int threshold, int usualClearBelow, int clearBelow)
    {
        yield return threshold == usualThreshold
            ? $"raises at {threshold:#,0} as usual" : $"raises at {threshold:#,0} instead of {usualThreshold:#,0}";
        yield return clearBelow == usualClearBelow
            ? $"clears below {clearBelow:#,0} as usual" : $"clears below {clearBelow:#,0} instead of {usualClearBelow:#,0}";
    }

    static void Chart(Screen screen, Explanation about, LocalTimes local)
    {
        if (about is not { Window: { } window, Key.Limits: var limits } || (window.Count == 0 && window.Before == 0))
            return;
        var most = Math.Max(limits.Threshold, window.Buckets.Max(bucket => bucket.InWindow ?? 0));
        var oldestAndNewest = window.OldestAt is { } oldest
            ? $", the oldest of {local.Show(oldest)}, the newest of {local.Show(window.NewestAt!.Value)}" : "";
        Section(screen, "Count",
            $"{window.Count:#,0}{oldestAndNewest}; │ is the threshold of {limits.Threshold:#,0}"
            + (window.Buckets.Any(bucket => bucket.InWindow is null) ? "; ? stands where part of the window may be deleted already" : ""));
        screen.Line("             until        new   in the window that ends there");
        bool? above = null;
        foreach (var bucket in window.Buckets)
        {
            var before = above;
            var crossed = "";
            if (bucket.InWindow is { } inWindow)
                above = inWindow >= limits.Threshold || (above == true && inWindow >= limits.ClearBelow);
            if (before is not null && above != before)
                crossed = above == true ? "  ← reached" : limits.ClearBelow < limits.Threshold ? "  ← below the clear limit" : "  ← below";
            screen.Line(
                Cut($"    {local.Show(bucket.To),14}  {(bucket.New == 0 ? "·" : Number(bucket.New)),9}   "
                    + $"{Bar(bucket.InWindow, most, limits.Threshold)} {(bucket.InWindow is { } number ? Number(number) : "?")}{crossed}"));
        }
    }

    /// <summary>A count that reaches the threshold hides its mark.</summary>
    static string Bar(long? value, long most, int threshold)
    {
        var bar = new string('█', (int)((value ?? 0) * BarLength / most)).PadRight(BarLength + 1);
        var mark = (int)((long)threshold * BarLength / most);
        return value >= threshold ? bar : string.Concat(bar.AsSpan(0, mark), "│", bar.AsSpan(mark + 1));
    }

    static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    static void LeftOuts(Screen screen, Explanation about, LocalTimes local)
    {
        var heading = "Left out";
        foreach (var left in about.Uncounted)
        {
            var which = left.Values is { } values ? $" with {left.Label} {Several(values)}" : "";
            Section(screen, heading, $"{UncountedEvents.Number(left.Count, "event")}{which} {left.Because}: {local.Show(left.FirstAt, left.LastAt)}");
            foreach (var example in left.Examples)
                screen.Line(Cut($"             {local.Show(example.At)}  {Screen.Labels(example.Labels)}  {Screen.OneLine(example.EventId)}"));
            heading = "";
        }
    }

    static string Several(IReadOnlyList<string> values) =>
        string.Join(", ", values.Take(5).Select(value => value.Length == 0 ? "(none)" : Screen.OneLine(value)))
            + (values.Count > 5 ? $" and {values.Count - 5:#,0} others" : "");

    /// <summary>What nobody has seen of the window.</summary>
    public static void Coverage(Screen screen, Explanation about, LocalTimes local)
    {
        var gaps = about.Coverage.Gaps;
        if (gaps.Count == 0)
            Section(screen, "Coverage", "all of the window is fetched and counted");
        var heading = "Coverage";
        foreach (var gap in gaps.Take(MostGaps))
        {
            Section(screen, heading, $"{local.Show(gap.From, gap.To)} ({AlertVerdict.Span(gap.To - gap.From)}) {Says(gap, local)}");
            heading = "";
        }
        if (gaps.Count > MostGaps)
            Section(screen, "", $"and {gaps.Count - MostGaps:#,0} more; GET /coverage of a fetcher shows all");
    }

    static string Says(Gap gap, LocalTimes local)
    {
        var reason = gap.Reason is { } why ? $": {Screen.OneLine(why)}" : "";
        var tries = gap.Attempts > 0 ? $"; {(gap.Attempts == 1 ? "1 try" : $"{gap.Attempts} tries")} failed" : "";
        var next = gap.NextTry is { } at ? $", next try {local.Show(at)}" : "";
        return gap.State switch
        {
            Gap.Pending => $"not there yet, which is normal so soon{reason}",
            Gap.NotCounted => "fetched, but not counted: look at evaluator.event-batches and its error queue",
            Gap.Late => $"came late, at {(gap.CoveredAt is { } covered ? local.Show(covered) : "?")}{reason}",
            _ => $"not covered{reason}{tries}{next}",
        };
    }

    static void Episodes(Screen screen, Explanation about, LocalTimes local)
    {
        if (about.Raised is { } raised && about.Episode is null)
            Section(screen, "Episode",
                $"raised {local.Show(raised.RaisedAt.ToUnixTimeMilliseconds())} with {raised.Count:#,0}, threshold {raised.Threshold:#,0} (alert "
                    + $"{raised.AlertId})");
        if (about.Episode is { } episode)
        {
            var raise = episode.RaisedAt is { } at
                ? $"raised {local.Show(at)} with {episode.Count:#,0}, threshold {episode.Threshold:#,0}" : "its raise has not come";
            Section(screen, about.InAlert ? "Episode" : "Last", $"{raise} (alert {episode.AlertId})");
            foreach (var decision in about.Decisions)
                Paragraph.Write(screen, Indent + 2, DecisionText.Of(decision, local), first: Indent);
            foreach (var delivery in about.Deliveries)
                Paragraph.Write(screen, Indent + 2, DeliveryText.Of(delivery, local), first: Indent);
            foreach (var run in about.Runs)
                Paragraph.Write(screen, Indent + 2, RunText.Of(run, local), first: Indent);
            Section(screen, "", episode.ClearedAt is { } cleared
                ? $"cleared {local.Show(cleared)} with {episode.ClearedCount:#,0} left ({Screen.OneLine(episode.ClearedReason ?? "?")})"
                : about.Raised is null ? "no end of it is written down yet" : "not cleared");
        }
        var before = about.Episodes.Where(e => e.AlertId != about.Episode?.AlertId && e.RaisedAt <= about.Query.At).ToList();
        var heading = "Before";
        foreach (var past in before.Take(MostBefore))
        {
            Section(screen, heading,
                $"raised {local.Show(past.RaisedAt!.Value)} with {past.Count:#,0}, "
                    + $"{(past.ClearedAt is { } end ? $"cleared {local.Show(end)}" : "no end of it is written down")}");
            heading = "";
        }
        if (before.Count > MostBefore)
            Section(screen, "", $"and {before.Count - MostBefore:#,0} earlier");
    }

    static void Section(Screen screen, string heading, string text)
    {
        if (heading.Length > 0)
            screen.Line("");
        Paragraph.Write(screen, Indent, text, heading: heading);
    }

    static string Cut(string line) => line.Length <= Paragraph.Width ? line.TrimEnd() : line[..(Paragraph.Width - 1)] + "…";
}
