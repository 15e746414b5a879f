using Sigma.Hosting.Texts;
using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Deliveries;

/// <summary>When a recipient's next message may be sent (a token bucket). Changed under the row's lock. Times as stored.</summary>
internal sealed class Recipient
{
    // Clocks of two notifiers differ by some seconds.
    static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    public string Channel { get; init; } = "";
    public Guid Id { get; init; }

    /// <summary>When the burst is whole again: each message moves it on by one interval (a leaky bucket in one number).</summary>
    public long FreeAt { get; private set; }

    /// <summary>Nothing is sent before this: a call failed, or the API asked for it.</summary>
    public long HeldUntil { get; private set; }

    /// <summary>Calls that failed since the last one that did not.</summary>
    public int Failures { get; private set; }

    /// <summary>Why the last one failed.</summary>
    public string? Reason { get; private set; }

    /// <summary>When the message that wakes the queue is due; 0 when none is scheduled.</summary>
    public long WakeAt { get; set; }

    /// <summary>Resets times that are later than possible: a clock was ahead, or the interval was longer.</summary>
    public void ResetImplausible(ChannelOptions pace, TimeSpan longestWait, long now)
    {
        if (FreeAt > Latest(pace.MessageEvery * pace.MessageBurst))
            FreeAt = 0;
        if (HeldUntil > Latest(longestWait))
            HeldUntil = 0;
        if (WakeAt > Latest(longestWait + pace.MessageEvery))
            WakeAt = 0;

        long Latest(TimeSpan wait) => now + (long)(wait + Apart).TotalMilliseconds;
    }

    /// <summary>When the next message may go out.</summary>
    public long NextSlotAt(ChannelOptions pace, long now)
    {
        var every = (long)pace.MessageEvery.TotalMilliseconds;
        var free = Math.Min(FreeAt, now + every * pace.MessageBurst); // a clock set back, or a shorter interval, blocks nobody for long
        return Math.Max(HeldUntil, free - every * (pace.MessageBurst - 1));
    }

    public void TakeSlot(ChannelOptions pace, long now)
    {
        var every = (long)pace.MessageEvery.TotalMilliseconds;
        FreeAt = Math.Max(now, Math.Min(FreeAt, now + every * pace.MessageBurst)) + every;
    }

    public void Answered()
    {
        Failures = 0;
        Reason = null;
    }

    /// <param name="reason">Why.</param>
    /// <param name="until">When the next call may be made.</param>
    public void Failed(string reason, long until)
    {
        Failures = Failures + 1;
        Reason = reason.Truncate(500);
        HeldUntil = Math.Max(HeldUntil, until);
    }

    /// <summary>
    /// How many of those who could go into one message do: half as many after each call that failed, so that one bad line is soon alone and an API
    /// that is down is tried with one.
    /// </summary>
    public int DigestLimit(int alerts) => Math.Max(1, alerts >> Math.Min(Failures, 30));
}
