using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;
using static Sigma.IntegrationTests.Evaluation.RuleRestarts;

namespace Sigma.IntegrationTests.Evaluation;

/// <summary>Names of rules that change while the evaluator is stopped, with and without the former name in the settings.</summary>
public sealed class Renamed_rules(ITestOutputHelper output)
{
    [Theory]
    [InlineData("excesso-noturno", "Excesso-Noturno")]
    [InlineData("excessão", "excessao")]
    [InlineData("excesso", "excesso ")]
    public async Task A_rule_that_is_renamed_ends_its_alert_and_the_new_one_counts_what_is_there(string before, string after)
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule(("Name", before));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));

        evaluator = await station.RestartWithRule(evaluator, ("Name", after));

        var ended = Assert.Single(station.Alerts.Cleared);
        Assert.Equal((before, "rule-removed"), (Text(ended, "rule"), Text(ended, "reason")));
        Assert.Equal([(before, 20), (after, 20)], station.Alerts.Raised.Select(l => (Text(l, "rule"), l.Message.GetProperty("count").GetInt32())));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddHours(3), []));
        Assert.Equal((after, "volume-normal"), (Text(station.Alerts.Cleared[1], "rule"), Text(station.Alerts.Cleared[1], "reason")));
        Assert.Equal(0, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers"));
    }

    [Theory]
    [InlineData("excesso-noturno", "Excesso-Noturno")]
    [InlineData("noite", "excesso de eventos à noite")]
    public async Task A_rename_that_is_declared_carries_the_alert_on_and_nobody_hears_of_it(string before, string after)
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule(("Name", before));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        await station.Stop(evaluator);

        station.Settings["Evaluator:Rules:0:FormerNames:0"] = before;
        station.Settings["Evaluator:Rules:0:Name"] = after;
        var both = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await Task.WhenAll(both.Select(Applied));
        await station.Feed(both[0], Slice(Noon.AddMinutes(5), Noon.AddMinutes(60), Burst(5, Noon.AddMinutes(6))));
        Assert.Single(station.Alerts.Raised);
        Assert.Empty(station.Alerts.Cleared);

        // 14:03: five are left.
        await station.Feed(both[0], Slice(Noon.AddMinutes(60), Noon.AddMinutes(123), []));
        var cleared = Assert.Single(station.Alerts.Cleared);
        Assert.Equal((station.Alerts.Raised[0].AlertId, after, "volume-normal", 5),
            (cleared.AlertId, Text(cleared, "rule"), Text(cleared, "reason"), cleared.Message.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task A_rename_whose_new_rule_has_the_key_raised_already_ends_the_old_alert()
    {
        await using var station = await Create(output);
        station.Settings["Evaluator:Rules:1:Name"] = "new";
        var evaluator = await station.StartWithRule(("Name", "old"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        Assert.Equal(2, station.Alerts.Raised.Count);

        station.Settings.Remove("Evaluator:Rules:1:Name");
        station.Settings["Evaluator:Rules:0:FormerNames:0"] = "old";
        await station.RestartWithRule(evaluator, ("Name", "new"));

        var ended = Assert.Single(station.Alerts.Cleared);
        Assert.Equal(("old", "rule-removed"), (Text(ended, "rule"), Text(ended, "reason")));
        Assert.Equal(1, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers where rule = 'new'"));
    }

    [Fact]
    public async Task An_excess_that_is_over_is_not_raised_again_when_its_time_is_fetched_once_more_after_a_rename()
    {
        await using var station = await Create(output);
        station.Settings["Evaluator:Rules:0:Window"] = "00:10:00";
        var evaluator = await station.StartWithRule(("Name", "old"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(40), []));
        Assert.Single(station.Alerts.Cleared);
        station.Settings["Evaluator:Rules:0:FormerNames:0"] = "old";
        evaluator = await station.RestartWithRule(evaluator, ("Name", "new"));

        var late = Event("late", Noon.AddMinutes(39));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(-1), Noon.AddMinutes(41), [.. Burst(20, Noon), late]));

        Assert.Equal("old", Text(Assert.Single(station.Alerts.Raised), "rule"));
        Assert.Equal(1, await station.Count("select count(*) from evaluator_window where occurred_at = @at",
            new { at = late.OccurredAt.ToUnixTimeMilliseconds() }));
    }

    [Fact]
    public async Task An_excess_that_began_and_ended_while_a_renamed_rule_could_not_be_applied_is_raised()
    {
        await using var station = await Create(output);
        station.Settings["Evaluator:Rules:0:Window"] = "00:10:00";
        var evaluator = await station.StartWithRule(("Name", "old"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(1), Burst(12, Noon)));
        await station.Stop(evaluator);

        // Half of its events were stored by the rule of before, half by the renamed one, and time moves on.
        station.Settings["Evaluator:Rules:0:FormerNames:0"] = "old";
        station.Settings["Evaluator:Rules:0:Name"] = "new";
        evaluator = await station.StartUnableToApplyRules();
        await station.Feed(evaluator,
            Slice(Noon.AddMinutes(1), Noon.AddMinutes(2), Burst(12, Noon.AddMinutes(1))), Slice(Noon.AddMinutes(2), Noon.AddMinutes(14), []));
        Assert.Empty(station.Alerts.Raised);
        await station.LetRulesBeApplied();
        await Applied(evaluator);
        await station.Quiet();

        var raised = Assert.Single(station.Alerts.Raised);
        Assert.Equal(("new", 24), (Text(raised, "rule"), raised.Message.GetProperty("count").GetInt32()));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(14), Noon.AddMinutes(15), []));
        Assert.Equal("volume-normal", Text(Assert.Single(station.Alerts.Cleared), "reason"));
    }

    [Fact]
    public async Task An_alert_raised_under_the_former_name_is_not_raised_again_before_it_is_carried_on()
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule(("Name", "old"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));
        await station.Stop(evaluator);

        station.Settings["Evaluator:Rules:0:FormerNames:0"] = "old";
        station.Settings["Evaluator:Rules:0:Name"] = "new";
        evaluator = await station.StartUnableToApplyRules();
        await station.LetRulesBeApplied();
        await station.Feed(evaluator, Slice(Noon.AddMinutes(1), Noon.AddMinutes(2), Burst(30, Noon.AddMinutes(1))));
        await Applied(evaluator);
        await station.Feed(evaluator, Slice(Noon.AddMinutes(2), Noon.AddHours(3), []));

        var cleared = Assert.Single(station.Alerts.Cleared);
        Assert.Equal((Assert.Single(station.Alerts.Raised).AlertId, "new", "volume-normal"),
            (cleared.AlertId, Text(cleared, "rule"), Text(cleared, "reason")));
    }

    [Fact]
    public async Task An_excess_that_was_raised_and_cleared_is_known_to_be_judged_through_two_renames()
    {
        await using var station = await Create(output);
        station.Settings["Evaluator:Rules:0:Window"] = "00:10:00";
        var evaluator = await station.StartWithRule(("Name", "first"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(12), []));
        Assert.Single(station.Alerts.Cleared);

        foreach (var (former, name) in new[] { ("first", "second"), ("second", "third") })
        {
            station.Settings["Evaluator:Rules:0:FormerNames:0"] = former;
            evaluator = await station.RestartWithRule(evaluator, ("Name", name));
        }
        await station.Feed(evaluator, Slice(Noon.AddMinutes(-1), Noon.AddMinutes(6), Burst(20, Noon)));

        Assert.Equal("first", Text(Assert.Single(station.Alerts.Raised), "rule"));
    }

    [Fact]
    public async Task A_rule_that_comes_back_counts_what_is_there()
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule(("Name", "first"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        station.Settings["Evaluator:Rules:0:Include:code"] = "E999";
        evaluator = await station.RestartWithRule(evaluator, ("Name", "second"));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(10), Burst(10, Noon.AddMinutes(6))));
        Assert.Single(station.Alerts.Cleared);

        station.Settings.Remove("Evaluator:Rules:0:Include:code");
        await station.RestartWithRule(evaluator, ("Name", "first"));

        Assert.Equal(30, station.Alerts.Raised[1].Message.GetProperty("count").GetInt32());
    }
}
