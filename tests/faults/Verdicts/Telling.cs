using Sigma.Faults.Injection;
using Sigma.Faults.Traffic;
using Sigma.Faults.Watching;
using Sigma.Storage;

namespace Sigma.Faults.Verdicts;

/// <summary>What silences allow and forbid to be told.</summary>
internal sealed class Telling(IReadOnlyList<MadeSilence> silences, IReadOnlyList<InjectedFault> faults)
{
    // A notifier knows a silence two seconds after it was made, and its end some seconds after it, or when the fault of then is over.
    static readonly TimeSpan Known = TimeSpan.FromSeconds(3), Released = TimeSpan.FromSeconds(45), Second = TimeSpan.FromSeconds(1);

    /// <summary>Whether an alert may have been over before what held it had ended. One that waited in line meets later silences.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="longer">How much later than a delivery that which is judged is looked at again.</param>
    public bool MayBeSilent(ObservedAlert alert, TimeSpan longer = default)
    {
        var released = Released + longer;
        var (raised, cleared) = (alert.RaisedAt.ToTime(), alert.ClearedAt?.ToTime() ?? DateTimeOffset.MaxValue - released);
        var ends = silences.Where(s => s.Fits(alert) && s.Asked <= cleared + released && s.To >= raised - Known).Select(s => s.To).ToList();
        return ends.Count > 0 && cleared <= ends.Max() + released;
    }

    /// <summary>
    /// Whether a silence that was made before the alert forbids to tell of it at a moment. Where the notifiers' clocks were wrong it may have ended.
    /// </summary>
    public bool IsSilent(ObservedAlert alert, DateTimeOffset at) => silences.Any(s => s.Fits(alert) && s.From + Known < alert.RaisedAt.ToTime()
        && at > s.From + Known && at < s.To - Second && !faults.Any(f => IsOfClock(f) && f.From <= s.To && f.To + Released >= s.From));

    static bool IsOfClock(InjectedFault fault) => fault.Group is FaultKinds.ClockJumps or FaultKinds.ClockAtStart;
}
