using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Conditions.External;
using Sigma.Evaluator.Rules;

namespace Sigma.UnitTests.Evaluating;

public sealed class Stretches_of_a_report
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    static readonly Rule Any = Rule(new RuleOptions());

    [Fact]
    public void That_end_in_one_message_are_missed()
    {
        var (missed, knownUntil) = Stretch.EndedBy(Any, null, Report(Fires(0), Resolved(5)), At(6));
        Assert.Equal((Noon, true, At(5)), (missed!.Since, missed.IsOver, knownUntil));
    }

    [Fact]
    public void That_were_reported_before_end_with_the_first_that_is_resolved()
    {
        var (missed, knownUntil) = Stretch.EndedBy(Any, Known(Fires(0), At(0)), Report(Fires(3), Resolved(5), Fires(7)), At(8));
        Assert.Equal((Noon, At(7)), (missed!.Since, knownUntil)); // the one that lasts is for the trigger to see
    }

    [Fact]
    public void That_last_are_not_missed() =>
        Assert.Equal((null, At(3)), Stretch.EndedBy(Any, Known(Fires(0), At(0)), Report(Fires(3)), At(4)));

    [Fact]
    public void That_come_after_their_end_are_missed_once()
    {
        var known = Known(Resolved(5), 0);
        var (missed, knownUntil) = Stretch.EndedBy(Any, known, Report(Fires(1)), At(6));
        Assert.Equal((Noon.AddMinutes(1), At(5)), (missed!.Since, knownUntil));

        var again = Stretch.EndedBy(Any, known with { Known = knownUntil }, Report(Fires(1), Fires(2)), At(6));
        Assert.Equal((null, At(5)), again);
    }

    [Fact]
    public void Of_before_it_was_noted_what_is_known_are_known() =>
        Assert.Null(Stretch.EndedBy(Any, Known(Resolved(5), null), Report(Fires(1)), At(6)).Missed);

    [Theory, InlineData(4, true), InlineData(6, false)]
    public void Count_when_they_were_long_enough(int minutes, bool isMissed) =>
        Assert.Equal(isMissed, IsMissed(new RuleOptions { For = TimeSpan.FromMinutes(minutes) }, Fires(0), Resolved(5)));

    [Theory, InlineData("fri 12:00-13:00", true), InlineData("fri 13:00-14:00", false)]
    public void Count_in_the_hours_of_the_rule(string hours, bool isMissed) =>
        Assert.Equal(isMissed, IsMissed(new RuleOptions { Hours = [hours + " Etc/UTC"] }, Fires(0), Resolved(5)));

    [Fact]
    public void Whose_lease_ran_out_before_somebody_may_have_cleared()
    {
        Assert.Null(Stretch.EndedBy(Any, Known(Fires(0, lease: 2), At(0)), Report(Resolved(5)), At(6)).Missed);
        Assert.NotNull(Stretch.EndedBy(Any, null, Report(Fires(0, lease: 2)), At(6)).Missed); // nobody can have looked
        Assert.Null(Stretch.EndedBy(Any, null, Report(Fires(0, lease: 2)), At(1)).Missed);
    }

    [Fact]
    public void Are_not_missed_anew_when_reports_come_once_more()
    {
        foreach (var seed in Enumerable.Range(0, 300))
        {
            Random random = new(seed);
            var reports = Enumerable.Range(0, 20).Select(_ => random.Next(2) == 0 ? Fires(random.Next(30)) : Resolved(random.Next(30)))
                .DistinctBy(c => c.ReportedAt).Chunk(3).Select(some => Report([.. some.OrderBy(c => c.ReportedAt)])).ToList();
            Reported? known = null;
            foreach (var report in reports)
                known = After(known, report, Stretch.EndedBy(Any, known, report, At(60)).KnownUntil);

            Assert.All(reports, report => Assert.Equal((null, known!.KnownUntil), Stretch.EndedBy(Any, known, report, At(60))));
        }
    }

    static bool IsMissed(RuleOptions rule, params ReportedCondition[] conditions) =>
        Stretch.EndedBy(Rule(rule), null, Report(conditions), At(6)).Missed is not null;

    static Reported After(Reported? known, Report report, long knownUntil) =>
        (known is null || report.At >= known.ReportedAt ? ReportedTable.RowOf(report.Condition) : known) with { Known = knownUntil };

    static Rule Rule(RuleOptions options)
    {
        (options.Name, options.Kind) = ("reported", RuleKind.External);
        return new Rule(options);
    }

    static Reported Known(ReportedCondition condition, long? knownUntil) => ReportedTable.RowOf(condition) with { Known = knownUntil };

    static Report Report(params ReportedCondition[] conditions) =>
        new(new Key(Guid.Empty, new Dictionary<string, string>()), Guid.Empty, conditions[^1]) { Earlier = conditions[..^1] };

    static ReportedCondition Fires(int minute, int? lease = null) => Condition(ConditionState.Firing, minute) with
    {
        LeaseUntil = lease is { } minutes ? Noon.AddMinutes(minutes) : null,
    };

    static ReportedCondition Resolved(int minute) => Condition(ConditionState.Resolved, minute);

    static ReportedCondition Condition(ConditionState state, int minute) => new()
    {
        ExternalId = "1", Labels = new Dictionary<string, string>(), State = state, ReportedAt = Noon.AddMinutes(minute),
    };

    static long At(int minute) => Noon.AddMinutes(minute).ToUnixTimeMilliseconds();
}
