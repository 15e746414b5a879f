using System.Globalization;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>The answer in one sentence, and what more must be said of it.</summary>
/// <param name="State">One of the constants.</param>
/// <param name="Sentence">The sentence, without the rule's name.</param>
/// <param name="Because">More of it.</param>
internal sealed record AlertVerdict(string State, string Sentence, IReadOnlyList<string> Because)
{
    public const string InAlert = "in-alert", NotInAlert = "not-in-alert", NotWatched = "not-watched";

    public static AlertVerdict Of(Explanation about, LocalTimes local)
    {
        if (about.NotWatched is { } why && about.Key is null)
            return new(NotWatched, $"not in alert, and never will be: {why}.", []);
        return about.InAlert ? new(InAlert, Raised(about, local), [.. Known(about, local), .. Holding(about, local)])
            : new(NotInAlert, NotRaised(about, local), [.. Known(about, local), .. Missed(about, local)]);
    }

    static string Raised(Explanation about, LocalTimes local)
    {
        var count = about.IsKept
            ? $"{Events(about.Window!.Count)} in the {Span(about.Rule.Window)} to {Moment(about, local)}" : "what was counted then is no longer kept";
        var since = about.RaisedAt is { } raised ? $" since {local.Show(raised)}" : "";
        if (!about.Query.IsNow)
        {
            var end = about.Raised is not null ? "it still is"
                : about.Episode?.ClearedAt is { } cleared ? $"cleared at {local.Show(cleared)}" : "its end is not written down yet";
            return $"in alert at that time{since}: {count}, threshold {about.Key!.Limits.Threshold:#,0}; {end}.";
        }
        return about.Window!.Count < about.Key!.Limits.ClearBelow
            ? $"in alert{since} and not cleared yet, although only {count} are fewer than {about.Key.Limits.ClearBelow:#,0}."
            : $"in alert{since}: {count}, threshold {about.Key.Limits.Threshold:#,0}.";
    }

    static string NotRaised(Explanation about, LocalTimes local)
    {
        var then = about.Query.IsNow ? "" : " at that time";
        if (!about.IsKept)
            return $"not in alert{then}; what was counted then is no longer kept (since {local.Show(about.KeptSince)} everything is).";
        if (about.Key is not { } key || about.Window is not { } window)
            return $"not in alert{then}: the {Span(about.Rule.Window)} to {Moment(about, local)} have no event of this account that the rule counts.";
        var threshold = key.Limits.Threshold;
        if (window.Count >= threshold)
            return $"not in alert{then}, although {Events(window.Count)} in the {Span(about.Rule.Window)} to {Moment(about, local)} reach the "
                + $"threshold of {threshold:#,0}.";
        var start = $"not in alert{then}: {window.Count:#,0} of {threshold:#,0} in the {Span(about.Rule.Window)} to {Moment(about, local)}";
        return (about.Query.IsNow, window.OldestAt) switch
        {
            (true, { } oldest) =>
                $"{start}; {threshold - window.Count:#,0} more before {local.Show(oldest + about.Rule.Window)}, when the oldest leaves the window, "
                    + $"would raise it.",
            (true, null) => $"{start}; {threshold:#,0} more within {Span(about.Rule.Window)} would raise it.",
            _ => $"{start}; {threshold - window.Count:#,0} were missing.",
        };
    }

    /// <summary>What is not known of the window.</summary>
    static IEnumerable<string> Known(Explanation about, LocalTimes local)
    {
        if (about.Query.At - about.Rule.Window < about.KeptSince && about.Query.At > about.KeptSince)
            yield return $"Events before {local.Show(about.KeptSince)} may be deleted already (Evaluator__KeepEvents), so the count may have "
                + $"been higher.";
        if (about.Coverage.Unknown > 0)
            yield return $"{Span(about.Coverage.Unknown)} of the window are not covered: of that time no event does not mean that there was none.";
        if (about.Coverage.Gaps.Where(gap => gap.State == Gap.Late).Sum(gap => gap.To - gap.From) is > 0 and var late)
            yield return $"{Span(late)} of the window were fetched only after this moment: what is counted here was not all known then.";
    }

    /// <summary>Why there is no alert, where the count alone does not say it.</summary>
    static IEnumerable<string> Missed(Explanation about, LocalTimes local)
    {
        if (about.Key is null)
            yield break;
        if (about.Episodes.LastOrDefault(e => e.RaisedAt > about.Query.At) is { } later)
            yield return $"It was raised later, at {local.Show(later.RaisedAt!.Value)}.";
        if (about.Episode is { ClearedAt: { } cleared } last && cleared > about.Query.At - about.Rule.Window)
            yield return $"Its last episode was cleared at {local.Show(cleared)} with {last.ClearedCount:#,0} left ({last.ClearedReason}).";
        if (about.Episode is { ClearedAt: null } && about.Query.IsNow)
            yield return "Its last episode is cleared, and the notifier has not written that down yet.";
        if (about.Query.IsNow && about.RaiseAt is { } raiseAt)
        {
            yield return $"It waits: the rule raises it at {local.Show(raiseAt)}, if it is so still ({When(about.Rule)}).";
            yield break;
        }
        if (about.Reached is not { } excess || !about.IsKept)
            yield break;
        if (excess.At <= about.JudgedThrough)
            yield return $"The threshold was last reached at {local.Show(excess.At)}, of which the last episode told: it was judged up to "
                + $"{local.Show(about.JudgedThrough)}, and what lies before raises no second alert.";
        else if (about.Query.IsNow || !about.Episodes.Any(e => e.RaisedAt > about.Query.At))
            yield return $"The threshold was reached at {local.Show(excess.At)} ({excess.Count:#,0}). The evaluator decides when events of the key "
                + $"arrive: either it is about to (look at evaluator.triggers and its error queue), or its settings are not those of this command, "
                + $"or were others when the events came.";
    }

    /// <summary>Why an alert is not cleared.</summary>
    static IEnumerable<string> Holding(Explanation about, LocalTimes local)
    {
        if (about.Raised is null && about.Query.IsNow)
            yield break;
        if (about.Raised is not null && about.Episode is null)
            yield return "The notifier has not written it down yet: nobody was told.";
        if (!about.Query.IsNow || about.Key is not { } key)
            yield break;
        var window = about.Rule.Window;
        if (about.Coverage.Stretches is not [.., var newest])
        {
            yield return "It is not cleared because no time of this source is covered.";
            yield break;
        }
        if (about.Left is { LimitingEventAt: { } limiting })
            yield return $"It stays raised until fewer than {key.Limits.ClearBelow:#,0} are left of the {about.Left.Count:#,0} that count: if no "
                + $"more come, that is at {local.Show(limiting + window)}, once time is covered up to there.";
        if (newest.To - newest.From < window)
            yield return $"It {(about.Left?.LimitingEventAt is null ? "is not cleared" : "cannot be cleared either")} because not all of the window "
                + $"is covered: without a gap only {local.Show(newest.From, newest.To)} is"
                + $" ({Span(newest.To - newest.From)} of {Span(window)}). It can be when the gap before is fetched, at the latest when the window "
                + $"has passed it, at {local.Show(newest.From + window)}.";
        else if (about.Left?.LimitingEventAt is null)
            yield return newest.To < about.Query.At - window / 24 && about.Coverage.Unknown > 0
                ? $"It is not cleared because time is covered only up to {local.Show(newest.To)}."
                : $"Nothing keeps it: the evaluator clears it when the next slice is counted (covered up to {local.Show(newest.To)}).";
    }

    /// <summary>When a rule raises what is wrong; empty when at once.</summary>
    public static string When(Rule rule) => string.Join(", ", new[]
    {
        rule.Options.For > TimeSpan.Zero ? $"when it has lasted {Span((long)rule.Options.For.TotalMilliseconds)}" : null,
        rule.Options.Hours.Count > 0 ? $"in its hours, {Screen.OneLine(string.Join("; ", rule.Options.Hours))}" : null,
    }.OfType<string>());

    static string Moment(Explanation about, LocalTimes local) => about.Query.IsNow ? "now" : local.Show(about.Query.At);

    static string Events(long count) => UncountedEvents.Number(count, "event");

    /// <summary>A length of time as short as can be: 2 h, 1 h 30 min.</summary>
    public static string Span(long milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(milliseconds);
        List<string> parts = [];
        foreach (var (number, unit) in new[] { (span.Days, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s") })
            if (number > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {unit}"));
        return parts.Count == 0 ? "0 s" : string.Join(' ', parts.Take(2));
    }
}
