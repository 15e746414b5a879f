using Microsoft.Extensions.Logging.Abstractions;
using Sigma.Hosting.Time;

namespace Sigma.UnitTests.Clocks;

public sealed class Holding_over_a_step
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1), ThreeHours = TimeSpan.FromHours(3);

    readonly Machine _machine = new();
    readonly HoldoverClock _clock;

    public Holding_over_a_step() => _clock = new(_machine, () => NullLogger.Instance);

    [Theory, InlineData(3 * 3600), InlineData(-3 * 3600), InlineData(86400 * 400), InlineData(-6)]
    public void A_clock_that_is_wrong_for_twelve_seconds_is_never_believed(int by)
    {
        _machine.Step(TimeSpan.FromSeconds(by));
        for (var second = 0; second < 12; second++)
        {
            Assert.Equal(_machine.Right, _clock.GetUtcNow());
            _machine.Pass(Second);
        }
        _machine.Step(TimeSpan.FromSeconds(-by));

        Assert.Equal(_machine.Right, _clock.GetUtcNow());
        _machine.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(_machine.Right, _clock.GetUtcNow());
    }

    [Theory, InlineData(3), InlineData(-3)]
    public void A_step_that_lasts_is_believed_after_two_minutes(int hours)
    {
        _clock.GetUtcNow();
        _machine.Step(TimeSpan.FromHours(hours));
        Assert.Equal(_machine.Right, _clock.GetUtcNow());
        _machine.Pass(HoldoverClock.Hold);

        Assert.Equal(_machine.Right + TimeSpan.FromHours(hours), _clock.GetUtcNow());
    }

    [Fact]
    public void A_machine_that_slept_is_believed_as_soon_as_an_answer_agrees_with_it()
    {
        _machine.Step(ThreeHours);
        Assert.Equal(_machine.Right, _clock.GetUtcNow());

        _clock.Witness(_machine.Right + ThreeHours - Second);

        Assert.Equal(_machine.Right + ThreeHours, _clock.GetUtcNow());
    }

    [Fact]
    public void A_step_that_answers_contradict_is_not_believed_however_long_it_lasts()
    {
        _machine.Step(ThreeHours);
        for (var minute = 0; minute < 60; minute++)
        {
            Assert.Equal(_machine.Right, _clock.GetUtcNow());
            _clock.Witness(_machine.Right - Second);
            _machine.Pass(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void A_clock_that_is_slewed_is_followed()
    {
        for (var i = 0; i < 100; i++)
        {
            _machine.Pass(TimeSpan.FromMinutes(1));
            _machine.Step(Second);
            Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
        }
    }

    [Fact]
    public void A_machine_that_starts_before_its_time_is_set_goes_by_the_databases_and_does_not_notice_when_it_is()
    {
        _machine.Step(ThreeHours);
        var started = new HoldoverClock(_machine, () => NullLogger.Instance);
        started.Correct(-ThreeHours, atOnce: true);
        Assert.Equal(_machine.Right, started.GetUtcNow());

        _machine.Pass(12 * Second);
        _machine.Step(-ThreeHours);
        Assert.Equal(_machine.Right, started.GetUtcNow()); // the old time goes on until the two are compared again
        _machine.Pass(15 * Second);
        started.Correct(TimeSpan.Zero, atOnce: false);
        Assert.Equal(_machine.Right, started.GetUtcNow());
        _machine.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal((_machine.Right, false), (started.GetUtcNow(), started.IsInDoubt));
    }

    [Fact]
    public void A_database_whose_clock_jumps_for_a_moment_is_not_believed_either()
    {
        _clock.GetUtcNow();
        _clock.Correct(ThreeHours, atOnce: false);
        _machine.Pass(15 * Second);
        Assert.Equal(_machine.Right, _clock.GetUtcNow());
        _clock.Correct(TimeSpan.Zero, atOnce: false);
        _machine.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(_machine.Right, _clock.GetUtcNow());
    }

    [Fact]
    public void The_steady_clock_knows_nothing_of_steps()
    {
        var steady = new SteadyTime(_machine);
        var start = steady.GetUtcNow();
        _machine.Step(ThreeHours);
        _machine.Pass(Second);
        _machine.Step(-ThreeHours * 2);

        Assert.Equal(start + Second, steady.GetUtcNow());
    }

    /// <summary>A machine whose clock can be set while its timer counts.</summary>
    sealed class Machine : TimeProvider
    {
        TimeSpan _step, _passed;

        public DateTimeOffset Right => new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero) + _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _passed += time;

        public void Step(TimeSpan by) => _step += by;

        public override DateTimeOffset GetUtcNow() => Right + _step;

        public override long GetTimestamp() => _passed.Ticks;
    }
}
