namespace Sigma.Hosting.Time;

/// <summary>
/// A clock that only counts what has passed: setting the machine's clock does not move it. For schedules and circuit breakers, which keep the moment
/// of their next step and would wait for hours when the clock had been ahead. What time it says is no more than where the machine's clock stood at
/// the start.
/// </summary>
public sealed class SteadyTime(TimeProvider inner) : TimeProvider
{
    readonly DateTimeOffset _start = inner.GetUtcNow();
    readonly long _startTimestamp = inner.GetTimestamp();

    /// <summary>Over the machine's own timer.</summary>
    public static SteadyTime OfMachine { get; } = new(System);

    /// <inheritdoc/>
    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + inner.GetElapsedTime(_startTimestamp);

    /// <inheritdoc/>
    public override long GetTimestamp() => inner.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
