using Sigma.Notifier.Inhibition;
using Sigma.Notifier.Routing;
using Sigma.Notifier.Silences;
using Sigma.Notifier.Snoozes;
using Sigma.Storage;

namespace Sigma.Notifier.Holds;

/// <summary>
/// Knows what can hold alerts, as of two seconds ago at most: whoever asks later reads it in his own transaction, for all who ask meanwhile.
/// </summary>
internal sealed class HoldBook(PolicyInForce policies, SilenceTable silences, SnoozeTable snoozes, RaisedInhibitors inhibitors, TimeProvider time)
{
    static readonly TimeSpan OldAfter = TimeSpan.FromSeconds(2);

    volatile Reading? _last;
    ActiveHolds? _looked;

    /// <summary>As it is, or was two seconds ago.</summary>
    public async Task<ActiveHolds> Read(DbSession session, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return _last is { } last && now >= last.At && now - last.At < OldAfter ? last.Holds : await ReadNow(session, ct);
    }

    /// <summary>As it is.</summary>
    public async Task<ActiveHolds> ReadNow(DbSession session, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var policy = await policies.Read(session, ct);
        List<Silence> all = [.. policy.Silences.Where(silence => now < silence.Until), .. await silences.Unended(session, now, ct)];
        ActiveHolds holds = new(policy, all, await inhibitors.Read(session, policy, ct))
        {
            Snoozes = (await snoozes.Active(session, ct)).ToDictionary(snooze => snooze.AlertId),
        };
        _last = new(holds, now);
        return holds;
    }

    /// <summary>The same for an alert that is written down just now: what may inhibit it can have come in this second.</summary>
    public async Task<ActiveHolds> ReadFor(DbSession session, AlertFacts alert, CancellationToken ct) =>
        (await policies.Read(session, ct)).Inhibitions.Any(inhibition => inhibition.Target.Fit(alert))
            ? await ReadNow(session, ct) : await Read(session, ct);

    /// <summary>Whoever asks next reads it: something has just been changed.</summary>
    public void Forget() => _last = null;

    /// <summary>Whether something else can hold alerts than when it was last looked at what is held.</summary>
    public bool HasChanged(ActiveHolds now) => _looked is not { } before || !before.HasSame(now);

    /// <summary>What is held is being looked at by this.</summary>
    public void Looked(ActiveHolds now) => _looked = now;

    sealed record Reading(ActiveHolds Holds, DateTimeOffset At);
}
