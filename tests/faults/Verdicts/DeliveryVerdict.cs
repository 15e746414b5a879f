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

    public static IEnumerable<Figure> Of(AlertLog alerts, SimulatorApp simulator, IReadOnlyList<InjectedFault> strikes) =>
    [
        .. Channel("WhatsApp", alerts, strikes, simulator.Received.Messages.Select(m => (m.At, m.Message, m.Answered))),
        .. Channel("Segware alarm event", alerts, strikes,
            simulator.Received.AlarmEvents.Select(e => (e.At, $"{e.Item.Complement} {e.Item.EventLog}", e.Answered))),
    ];

    static IEnumerable<Figure> Channel(string channel, AlertLog alerts, IReadOnlyList<InjectedFault> strikes,
        IEnumerable<(DateTimeOffset At, string Text, bool Answered)> messages)
    {
        var part = $"Deliveries, {channel}";
        var all = messages.ToList();
        var told = all.SelectMany(message => Told(message.Text).Select(alertMessage => (alertMessage, message.At, message.Answered)))
            .ToLookup(t => t.alertMessage, t => (t.At, t.Answered));
        var due = alerts.Alerts.SelectMany(a => (AlertMessage[])[new(a.AlertId, "raised"), new(a.AlertId, "cleared")]).ToList();
        var twice = due.Where(d => told[d].Count() > 1).ToList();
        var explained = twice.Where(d => told[d].OrderBy(t => t.At).SkipLast(1).All(t => !t.Answered || WasCutOff(t.At, strikes))).ToHashSet();
        return
        [
            new(part, "due", due.Count),
            new(part, "messages received", all.Count),
            Figure.None(part, "lost", due.Where(d => !told.Contains(d)).Select(Text)),
            new(part, "duplicated after a time-out or crash that left the first in doubt", explained.Count),
            Figure.None(part, "duplicated otherwise", twice.Where(d => !explained.Contains(d))
                .Select(d => $"{Text(d)} at {string.Join(", ", told[d].Select(t => $"{t.At:HH:mm:ss.fff}"))}")),
            Figure.None(part, "of unknown alerts", told.Select(t => t.Key).Where(alertMessage => !due.Contains(alertMessage)).Select(Text)),
        ];
    }

    /// <summary>Whether the notifier was killed or frozen between the call and its written result, which waits for a database that is away.</summary>
    static bool WasCutOff(DateTimeOffset at, IReadOnlyList<InjectedFault> strikes)
    {
        var written =
            strikes.Where(s => s.Group is FaultKinds.DatabaseKilled or FaultKinds.DatabaseRestarted && s.From <= at + ToWriteTheResult && s.To >= at)
            .Select(s => s.To + (s.Recovered ?? TimeSpan.Zero)).Append(at).Max() + ToWriteTheResult;
        return strikes.Any(s => s.Group is FaultKinds.ServiceKilled or FaultKinds.ServiceFrozen
            && s.What.StartsWith("notifier", StringComparison.Ordinal)
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
