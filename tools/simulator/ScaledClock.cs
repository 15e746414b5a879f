namespace Sigma.Simulator;

/// <summary>A clock that runs some times faster than the one beneath it; its timers run as much faster.</summary>
public sealed class ScaledClock : TimeProvider
{
    private static readonly TimeSpan Finest = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _inner;
    private readonly double _factor;
    private readonly DateTimeOffset _start;
    private readonly long _startTimestamp;

    /// <summary>
    /// Starts at <paramref name="start"/> (default: now) and runs <paramref name="factor"/> times faster than <paramref name="inner"/>.
    /// </summary>
    public ScaledClock(double factor, DateTimeOffset? start = null, TimeProvider? inner = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        _inner = inner ?? System;
        _factor = factor;
        _start = start ?? _inner.GetUtcNow();
        _startTimestamp = _inner.GetTimestamp();
    }

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;

    /// <inheritdoc />
    public override long TimestampFrequency => _inner.TimestampFrequency;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start + _inner.GetElapsedTime(_startTimestamp) * _factor;

    /// <inheritdoc />
    public override long GetTimestamp() => _startTimestamp + (long)((_inner.GetTimestamp() - _startTimestamp) * _factor);

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(_inner.CreateTimer(callback, state, Shrink(dueTime), Shrink(period)), this);

    // The system's timers count whole milliseconds, and a period of 0 would mean "once".
    private TimeSpan Shrink(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan || span == TimeSpan.Zero ? span
        : span / _factor is var shorter && shorter < Finest ? Finest
        : TimeSpan.FromMilliseconds(Math.Ceiling(shorter.TotalMilliseconds));

    private sealed class ScaledTimer(ITimer inner, ScaledClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Shrink(dueTime), clock.Shrink(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
