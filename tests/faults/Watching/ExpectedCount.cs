using Sigma.Faults.Injection;

namespace Sigma.Faults.Watching;

/// <summary>Which events the services must have counted at a moment, judged from the outside. Milliseconds since 1970.</summary>
internal sealed class ExpectedCount(WatchedTime watched, IEnumerable<InjectedFault> strikes)
{
    // From Segware's answer to the committed count.
    const long Takes = 5_000;

    // What these have in hand nobody else has, until they go on or the broker takes their connections for lost.
    readonly List<(long From, long To)> _frozen =
    [
        .. strikes.Where(s => s.Group == FaultKinds.ServiceFrozen && !s.What.StartsWith("notifier", StringComparison.Ordinal))
            .Select(s => (s.From.ToUnixTimeMilliseconds(), s.To.ToUnixTimeMilliseconds())),
    ];

    /// <summary>
    /// Whether an event of <paramref name="at"/>, there since <paramref name="seen"/>, must have been counted by then. One that came late is given
    /// time from Segware's answer on.
    /// </summary>
    public bool By(long moment, long at, long seen) => watched.ToldAt(at, seen) is { } told
        && (seen <= at ? told <= moment : told + Takes <= moment && !_frozen.Exists(f => f.From <= told + Takes && moment <= f.To + Takes));
}
