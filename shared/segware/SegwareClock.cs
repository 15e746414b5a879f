using System.Diagnostics.Metrics;
using Sigma.Hosting.Http;

namespace Sigma.Segware;

/// <summary>
/// What time it is for Segware: our clock and the difference that the <c>Date</c> of its answers shows. Events are asked for in Segware's time, so it
/// does not matter which of the two is wrong. After a step of our own clock nothing is known until the next answer.
/// </summary>
public sealed class SegwareClock : IDisposable
{
    const int Readings = 15, InARow = 5;

    // Half of it is what a time server may slew between two answers.
    static readonly TimeSpan Step = TimeSpan.FromSeconds(2), Second = TimeSpan.FromSeconds(1), Wide = TimeSpan.FromSeconds(5);

    readonly TimeProvider _time;
    readonly Meter _meter = new("Sigma.Segware");
    readonly Lock _lock = new();
    readonly Queue<Bounds> _read = new();
    TaskCompletionSource? _told;
    DateTimeOffset _reference;
    long _timestamp;
    Bounds? _last;

    /// <summary>One per process.</summary>
    public SegwareClock(TimeProvider time)
    {
        _time = time;
        _reference = time.GetUtcNow();
        _timestamp = time.GetTimestamp();
        _meter.CreateObservableGauge("sigma.segware.clock.difference",
            () => Difference is { } known ? [new Measurement<double>(known.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s", "Segware's clock minus ours, the median of the last answers");
    }

    /// <summary>Segware's time.</summary>
    public DateTimeOffset Now => _time.GetUtcNow() + (Difference ?? TimeSpan.Zero);

    /// <summary>
    /// Segware's clock minus ours, the median of the last answers, never more than they show for sure; null while none has told since the start or a
    /// step of ours.
    /// </summary>
    public TimeSpan? Difference
    {
        get
        {
            lock (_lock)
            {
                ForgetAfterStep_NeedsLock();
                if (_read.Count == 0)
                    return null;
                var sorted = _read.Select(b => b.Sure).Order().ToList();
                return sorted[sorted.Count / 2];
            }
        }
    }

    /// <summary>Ends when it is known what time it is for Segware: with the first answer's head, long before all of its body is read.</summary>
    public async Task Known(CancellationToken ct)
    {
        while (Difference is null)
        {
            Task told;
            lock (_lock)
                told = (_told ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            if (Difference is null)
                await told.WaitAsync(ct);
        }
    }

    /// <summary>How far apart the last answers were: of machines behind one address each can have a clock of its own.</summary>
    public TimeSpan Spread
    {
        get
        {
            lock (_lock)
            {
                ForgetAfterStep_NeedsLock();
                return _read.Count == 0 ? TimeSpan.Zero : _read.Max(b => b.Sure) - _read.Min(b => b.Sure);
            }
        }
    }

    /// <summary>The latest time that the last answer alone allows; null while none has told.</summary>
    public DateTimeOffset? Latest
    {
        get
        {
            lock (_lock)
            {
                ForgetAfterStep_NeedsLock();
                return _last is { } last ? _time.GetUtcNow() + last.High : null;
            }
        }
    }

    internal void Read(ClockReading reading)
    {
        lock (_lock)
        {
            ForgetAfterStep_NeedsLock();
            var bounds = new Bounds(reading.Date - reading.Answered, reading.Date + Second - reading.Asked);
            // An answer that took long says little: it counts only where it says that the clocks differ, or where nothing else is known.
            if (bounds.High - bounds.Low > Wide && bounds.Sure == TimeSpan.Zero && _read.Count > 0)
                return;
            _last = bounds;
            _read.Enqueue(bounds);
            if (_read.Count > Readings)
                _read.Dequeue();
            ForgetWhatNoLongerHolds_NeedsLock();
            _told?.TrySetResult();
            _told = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    void ForgetAfterStep_NeedsLock()
    {
        var now = _time.GetUtcNow();
        var timestamp = _time.GetTimestamp();
        if ((now - _reference - _time.GetElapsedTime(_timestamp, timestamp)).Duration() > Step)
        {
            _read.Clear();
            _last = null;
        }
        _reference = now;
        _timestamp = timestamp;
    }

    // Some answers in a row that agree with each other and not with those before: Segware's clock was set.
    void ForgetWhatNoLongerHolds_NeedsLock()
    {
        if (_read.Count <= InARow)
            return;
        var latest = _read.TakeLast(InARow).ToList();
        var least = latest.Min(b => b.Sure);
        var most = latest.Max(b => b.Sure);
        if (most - least > Step || _read.SkipLast(InARow).Any(b => b.Sure >= least - Step && b.Sure <= most + Step))
            return;
        _read.Clear();
        latest.ForEach(_read.Enqueue);
    }

    /// <summary>Between which two the difference is.</summary>
    readonly record struct Bounds(TimeSpan Low, TimeSpan High)
    {
        /// <summary>None where the clocks may be alike, else the lower bound: time that may not have come yet is not asked for.</summary>
        public TimeSpan Sure => Low <= TimeSpan.Zero && High >= TimeSpan.Zero ? TimeSpan.Zero : Low;
    }
}
