namespace Sigma.Tests;

/// <summary>Real time, shifted: a test moves on by hours in an instant, and whatever waits a few milliseconds still does.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
