using Sigma.Simulator;

namespace Sigma.UnitTests.Simulator;

public sealed class Scaled_clock
{
    [Fact]
    public void Runs_so_many_times_faster_from_its_start()
    {
        var wall = new SteppedTime();
        var clock = new ScaledClock(60, ManualClock.Noon, wall);
        var before = clock.GetTimestamp();

        wall.Step(TimeSpan.FromSeconds(2));

        Assert.Equal(ManualClock.Noon.AddMinutes(2), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(2), clock.GetElapsedTime(before));
    }

    [Fact]
    public void Shortens_timers_but_never_below_a_millisecond_and_leaves_zero_and_never_alone()
    {
        var wall = new SteppedTime();
        var clock = new ScaledClock(1000, inner: wall);

        using var timer = clock.CreateTimer(_ => { }, null, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(5));
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        Assert.Equal(
            [(TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(1)), (TimeSpan.Zero, Timeout.InfiniteTimeSpan)],
            wall.Timers);
    }

    [Fact]
    public async Task Makes_a_delay_end_sooner()
    {
        var clock = new ScaledClock(1000);

        await Task.Delay(TimeSpan.FromMinutes(1), clock).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledClock(0));
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public List<(TimeSpan Due, TimeSpan Period)> Timers { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Step(TimeSpan step) => _ticks += step.Ticks;

        public override DateTimeOffset GetUtcNow() => ManualClock.Noon.AddTicks(_ticks);

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Timers.Add((dueTime, period));
            return new RecordedTimer(this);
        }

        private sealed class RecordedTimer(SteppedTime owner) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                owner.Timers.Add((dueTime, period));
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
