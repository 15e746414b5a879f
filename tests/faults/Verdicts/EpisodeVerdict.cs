using Sigma.Faults.Traffic;
using Sigma.Faults.Watching;
using Sigma.Storage;

namespace Sigma.Faults.Verdicts;

/// <summary>Every excess is raised once and cleared once, and not before it was known to be over.</summary>
internal static class EpisodeVerdict
{
    const string Part = "Episodes";
    static readonly long Window = (long)Plan.Window.TotalMilliseconds;

    public static IReadOnlyList<Figure> Of(Oracle oracle, AlertLog log, WatchedTime watched, ExpectedCount expectedCount)
    {
        var alerts = log.Counted.ToLookup(a => a.Account);
        var keys = oracle.Keys.Values;
        var due = keys.SelectMany(key => key.Due.Select(d => (Key: key, d.From, d.To))).ToList();
        var cleared = log.Counted.Where(a => a.ClearedAt is not null).ToList();
        return
        [
            new(Part, "due", due.Count) { AtLeast = 20 },
            new(Part, "raised", log.Counted.Count),
            Figure.None(Part, "lost", due.Where(d => !alerts[d.Key.Account].Any(a => Within(a, d.From, d.To)))
                .Select(d => $"account {d.Key.Account} from {d.From.ToTime():O}")),
            Figure.None(Part, "raised twice",
                keys.SelectMany(
                    key => key.Possible.Select(p => (key.Account, Alerts: alerts[key.Account].Where(a => Within(a, p.From, p.To)).ToList())))
                .Where(e => e.Alerts.Count > 1).Select(e => $"account {e.Account}: {string.Join(", ", e.Alerts.Select(a => a.AlertId))}")),
            Figure.None(Part, "raised without a reason", log.Counted.Where(a => !oracle.Keys.TryGetValue(a.Account, out var key)
                || !key.Possible.Any(p => Within(a, p.From, p.To)) || a.Count > key.CountAt(a.WindowTo)).Select(Text)),
            new(Part, "of these raised before their excuse was known",
                log.Counted.Count(a => !oracle.Keys[a.Account].Due.Any(d => Within(a, d.From, d.To)))),
            new(Part, "cleared", cleared.Count),
            Figure.None(Part, "never cleared", log.Counted.Where(a => a.ClearedAt is null).Select(Text)),
            Figure.None(Part, "cleared without ever being raised", Enumerable.Repeat("an alert", log.ClearedUnheard)),
            Figure.None(Part, "cleared too early", cleared.Where(a => !WasNormal(a, oracle.Keys[a.Account], expectedCount)).Select(Text)),
            Figure.None(Part, "cleared while the window was not covered",
                cleared.Where(a => !WasCovered(a, oracle.Keys[a.Account], watched, expectedCount)).Select(Text)),
        ];
    }

    static bool Within(ObservedAlert alert, long from, long to) => alert.WindowTo >= from && alert.WindowTo <= to;

    // There was a moment after the excess at which the count was normal. A late event that Segware would not tell of, because it failed whenever it
    // was asked again, nobody could count.
    static bool WasNormal(ObservedAlert alert, Key key, ExpectedCount expectedCount) =>
        key.WasNormal(alert.WindowTo, alert.ClearedAt!.Value, alert.RaisedAt,
            (at, seen) => seen <= at || expectedCount.By(alert.ClearedAt.Value, at, seen));

    // And the whole window before that moment was known: the event that is a window older than its end is not in it.
    static bool WasCovered(ObservedAlert alert, Key key, WatchedTime watched, ExpectedCount expectedCount) => watched.Known(alert.ClearedAt!.Value)
        .Select(k => (From: Math.Max(k.From + Window - 1, alert.WindowTo), To: Math.Min(k.To, alert.ClearedAt.Value)))
        .Any(k => k.To > k.From && key.WasNormal(k.From, k.To, alert.RaisedAt, (at, seen) => expectedCount.By(alert.ClearedAt.Value, at, seen)));

    static string Text(ObservedAlert alert) =>
        $"{alert.AlertId} of account {alert.Account}: {alert.Count} events until {alert.WindowTo.ToTime():HH:mm:ss.fff}, raised "
            + $"{alert.RaisedAt.ToTime():HH:mm:ss.fff}, cleared {alert.ClearedAt?.ToTime():HH:mm:ss.fff}";
}
