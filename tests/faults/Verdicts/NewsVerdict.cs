using Sigma.Faults.Injection;
using Sigma.Faults.Traffic;
using Sigma.Faults.Watching;
using Sigma.Storage;

namespace Sigma.Faults.Verdicts;

/// <summary>Every trouble of a host is raised once and cleared once, whichever kind of rule has it.</summary>
internal static class NewsVerdict
{
    // From the slice in which a trouble begins to the next.
    static readonly long Slice = (long)TimeSpan.FromSeconds(2).TotalMilliseconds;

    // From a fault's end until the news that waited is judged.
    static readonly TimeSpan CaughtUp = TimeSpan.FromSeconds(15);

    public static IEnumerable<Figure> Of(NewsPlan plan, IReadOnlyList<Trouble> silences, AlertLog log, IReadOnlyList<InjectedFault> faults) =>
    [
        .. Of("Silent agents", silences, NewsPlan.SilentRule, log, silence => faults.Any(fault => Hid(fault, silence))),
        .. Of("Values over a limit", plan.Hot, NewsPlan.HotRule, log, _ => false),
        .. Of("Repeated by another system", plan.Reported, NewsPlan.ReportedRule, log, _ => false),
        .. Of("Told once by another system", plan.Told, NewsPlan.ToldRule, log, _ => false),
    ];

    static IEnumerable<Figure> Of(string part, IReadOnlyList<Trouble> troubles, string rule, AlertLog log,
        Func<Trouble, bool> isHidden)
    {
        var alerts = log.All.Where(alert => alert.Rule == rule).ToList();
        var byHost = alerts.ToLookup(alert => alert.Key);
        var found = troubles.Select(trouble => (Trouble: trouble, Alerts: byHost[trouble.Host].Where(a => Within(a, trouble)).ToList())).ToList();
        return
        [
            new(part, "due", troubles.Count),
            new(part, "raised", alerts.Count),
            new(part, "over before it could be known", found.Count(f => f.Alerts.Count == 0 && isHidden(f.Trouble))),
            Figure.None(part, "lost", found.Where(f => f.Alerts.Count == 0 && !isHidden(f.Trouble)).Select(f => Text(f.Trouble))),
            Figure.None(part, "raised twice", found.Where(f => f.Alerts.Count > 1)
                .Select(f => $"{Text(f.Trouble)}: {string.Join(", ", f.Alerts.Select(Text))}")),
            Figure.None(part, "raised without a reason",
                alerts.Where(alert => !troubles.Any(trouble => trouble.Host == alert.Key && Within(alert, trouble))).Select(Text)),
            Figure.None(part, "never cleared", alerts.Where(alert => alert.ClearedAt is null).Select(Text)),
        ];
    }

    // The beats that waited for a server come all at once, and with them those that end the silence.
    static bool Hid(InjectedFault fault, Trouble silence) => FaultKinds.Restarts.Contains(fault.Group)
        && fault.From <= silence.From + NewsPlan.SilentAfter && fault.To + (fault.Recovered ?? CaughtUp) >= silence.To - CaughtUp;

    // A silence begins with the last beat before it, a value and a report with the first of it.
    static bool Within(ObservedAlert alert, Trouble trouble) => alert.WindowTo >= trouble.From.ToUnixTimeMilliseconds() - Slice
        && alert.WindowTo <= trouble.To.ToUnixTimeMilliseconds();

    static string Text(Trouble trouble) => $"{trouble.Host} from {trouble.From:HH:mm:ss} to {trouble.To:HH:mm:ss}";

    static string Text(ObservedAlert alert) =>
        $"{alert.AlertId} of {alert.Key} since {alert.WindowTo.ToTime():HH:mm:ss}, raised {alert.RaisedAt.ToTime():HH:mm:ss}, cleared "
            + $"{alert.ClearedAt?.ToTime():HH:mm:ss}";
}
