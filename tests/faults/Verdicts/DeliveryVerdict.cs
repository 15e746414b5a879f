using System.Text.RegularExpressions;
using Sigma.Faults.Injection;
using Sigma.Faults.Watching;
using Sigma.Simulator;

namespace Sigma.Faults.Verdicts;

/// <summary>
/// Every alert is told on every channel, its end too; what is said twice was said twice because nobody can know whether the first was heard.
/// </summary>
internal static partial class DeliveryVerdict
{
    // From the call's arrival to the written result.
    static readonly TimeSpan ToWriteTheResult = TimeSpan.FromSeconds(3);

    static readonly string[] ToWaitFor = [FaultKinds.DatabaseKilled, FaultKinds.DatabaseRestarted, FaultKinds.DatabaseLimited],
        Stopping = [FaultKinds.ServiceKilled, FaultKinds.ServiceFrozen, FaultKinds.ClockAtStart];

    public static IEnumerable<Figure> Of(AlertLog alerts, Telling telling, SimulatorApp simulator, IReadOnlyList<InjectedFault> strikes) =>
    [
        .. Channel("WhatsApp", alerts.All, telling, strikes, simulator.Received.Messages.Select(m => (m.At, m.Message, m.Answered))),
        .. Channel("Segware alarm event", alerts.Counted, telling, strikes,
            simulator.Received.AlarmEvents.Select(e => (e.At, $"{e.Item.Complement} {e.Item.EventLog}", e.Answered))),
    ];

    static IEnumerable<Figure> Channel(string channel, IReadOnlyList<ObservedAlert> alerts, Telling telling, IReadOnlyList<InjectedFault> strikes,
        IEnumerable<(DateTimeOffset At, string Text, bool Answered)> messages)
    {
        var part = $"Deliveries, {channel}";
        var all = messages.ToList();
        var told = all.SelectMany(message => Told(message.Text).Select(alertMessage => (alertMessage, message.At, message.Answered)))
            .ToLookup(t => t.alertMessage, t => (t.At, t.Answered));
        var untold = alerts.Where(a => telling.MayBeSilent(a) && !told.Contains(new(a.AlertId, "raised"))).Select(a => a.AlertId).ToHashSet();
        var due = alerts.Where(a => !untold.Contains(a.AlertId))
            .SelectMany(a => (AlertMessage[])[new(a.AlertId, "raised"), new(a.AlertId, "cleared")]).ToList();
        var twice = due.Where(d => told[d].Count() > 1).ToList();
        var explained = twice.Where(d => told[d].OrderBy(t => t.At).SkipLast(1).All(t => !t.Answered || WasCutOff(t.At, strikes))).ToHashSet();
        return
        [
            new(part, "due", due.Count),
            new(part, "messages received", all.Count),
            new(part, "alerts that a silence kept untold", untold.Count),
            Figure.None(part, "told while silenced", alerts.Where(a => told[new(a.AlertId, "raised")].Any(t => telling.IsSilent(a, t.At)))
                .Select(a => $"{a.AlertId} of {a.Key}")),
            Figure.None(part, "lost", due.Where(d => !told.Contains(d)).Select(Text)),
            new(part, "duplicated after a time-out or crash that left the first in doubt", explained.Count),
            Figure.None(part, "duplicated otherwise", twice.Where(d => !explained.Contains(d))
                .Select(d => $"{Text(d)} at {string.Join(", ", told[d].Select(t => $"{t.At:HH:mm:ss.fff}"))}")),
            Figure.None(part, "of unknown alerts", told.Select(t => t.Key).Where(alertMessage => !due.Contains(alertMessage)).Select(Text)),
        ];
    }

    /// <summary>
    /// Whether the notifier was killed or frozen between the call and its written result, which waits for a database that is away or refuses.
    /// </summary>
    static bool WasCutOff(DateTimeOffset at, IReadOnlyList<InjectedFault> strikes)
    {
        var written = strikes.Where(s => ToWaitFor.Contains(s.Group) && s.From <= at + ToWriteTheResult && s.To >= at)
            .Select(s => s.To + (s.Recovered ?? TimeSpan.Zero)).Append(at).Max() + ToWriteTheResult;
        return strikes.Any(s => Stopping.Contains(s.Group) && s.What.StartsWith("notifier", StringComparison.Ordinal)
            && s.From >= at - TimeSpan.FromSeconds(1) && s.From <= written);
    }

    static IEnumerable<AlertMessage> Told(string text) => Tokens().Matches(text).SelectMany(match => match.Groups[1].Value switch
    {
        "R" => (AlertMessage[])[new(Guid.Parse(match.Groups[2].Value), "raised")],
        "C" => [new(Guid.Parse(match.Groups[2].Value), "cleared")],
        _ => [new(Guid.Parse(match.Groups[2].Value), "raised"), new(Guid.Parse(match.Groups[2].Value), "cleared")],
    }).Distinct();

    static string Text(AlertMessage alertMessage) => $"{alertMessage.Kind} {alertMessage.AlertId}";

    [GeneratedRegex(@"\b([RCB]) ([0-9a-f]{8}-[0-9a-f-]{27})\b")]
    private static partial Regex Tokens();

    sealed record AlertMessage(Guid AlertId, string Kind);
}
