using Microsoft.Extensions.Logging;

namespace Sigma.Hosting.Time;

/// <summary>
/// The machine's clock, but for its steps. When it jumps against the timer that only counts what has passed, the old time goes on for a while: a
/// machine that starts before its time is set, or a wrong time server, is soon corrected, and nothing of it is in any row. A step that lasts is
/// believed after <see cref="Hold"/>, sooner when an outside clock agrees with it, and not at all while an outside clock contradicts it.
/// </summary>
/// <param name="machine">The machine's clock and timer.</param>
/// <param name="log">Hears of steps. Asked for only then: a log may ask this clock for the time.</param>
public sealed class HoldoverClock(TimeProvider machine, Func<ILogger> log) : TimeProvider
{
    /// <summary>How long a step must last to be trusted.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    /// <summary>Less is what time servers and timers do all the time.</summary>
    internal static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    static readonly TimeSpan SetAnewEvery = TimeSpan.FromSeconds(1);

    readonly Lock _lock = new();
    long _behind;
    volatile Anchor _anchor = new(machine.GetUtcNow(), machine.GetTimestamp(), null);

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>Whether a step is not trusted yet, so that the time is in doubt.</summary>
    public bool IsInDoubt => _anchor.HeldSince is not null;

    /// <summary>The machine's own clock, as it is.</summary>
    public DateTimeOffset Machine => machine.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        var anchor = _anchor;
        var wall = Wall;
        var passed = machine.GetElapsedTime(anchor.Timestamp);
        var expected = anchor.Time + passed;
        if ((wall - expected).Duration() <= Step)
        {
            if (passed > SetAnewEvery || anchor.HeldSince is not null)
                _anchor = new(wall, machine.GetTimestamp(), null);
            return wall;
        }
        return Stepped();
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>An outside clock was read just now. It decides only while a step is not believed yet.</summary>
    public void Witness(DateTimeOffset outside)
    {
        lock (_lock)
        {
            if (_anchor.HeldSince is null)
                return;
            var wall = Wall;
            var held = Held_NeedsLock();
            if ((outside - wall).Duration() < (outside - held).Duration())
                Believe_NeedsLock(wall, held);
            else
                _anchor = _anchor with { HeldSince = machine.GetTimestamp() };
        }
    }

    /// <summary>How far the machine's clock is behind the one that all services share; from then on that is added to it.</summary>
    /// <param name="behind">Negative when it is ahead.</param>
    /// <param name="atOnce">At the start, when there is no time yet that could be held.</param>
    internal void Correct(TimeSpan behind, bool atOnce)
    {
        Interlocked.Exchange(ref _behind, behind.Ticks);
        lock (_lock)
            if (atOnce)
                _anchor = new(Wall, machine.GetTimestamp(), null);
    }

    DateTimeOffset Wall => machine.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _behind));

    DateTimeOffset Stepped()
    {
        lock (_lock)
        {
            var wall = Wall;
            var held = Held_NeedsLock(); // read anew: the process may have stood still between the two readings
            if ((wall - held).Duration() <= Step)
                return wall;
            if (_anchor.HeldSince is not { } since)
            {
                _anchor = _anchor with { HeldSince = machine.GetTimestamp() };
                log().LogWarning("The machine's clock has jumped by {Step:c}, to {Now:yyyy-MM-dd HH:mm:ss}Z; the time goes on from {Held:HH:mm:ss}Z "
                    + "until the step has lasted for {Hold:c} or an API's clock agrees with it",
                    wall - held, wall.UtcDateTime, held.UtcDateTime, Hold);
                return held;
            }
            if (machine.GetElapsedTime(since) < Hold)
                return held;
            Believe_NeedsLock(wall, held);
            return wall;
        }
    }

    void Believe_NeedsLock(DateTimeOffset wall, DateTimeOffset held)
    {
        _anchor = new(wall, machine.GetTimestamp(), null);
        log().LogWarning("The machine's clock is trusted again: the time steps by {Step:c}, to {Now:yyyy-MM-dd HH:mm:ss}Z", wall - held,
            wall.UtcDateTime);
    }

    DateTimeOffset Held_NeedsLock() => _anchor.Time + machine.GetElapsedTime(_anchor.Timestamp);

    /// <summary>What the time was at a moment of the timer, and since when a step is not believed.</summary>
    sealed record Anchor(DateTimeOffset Time, long Timestamp, long? HeldSince);
}
