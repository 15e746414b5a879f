using Sigma.Contracts;
using Sigma.Evaluator.Triggers;
using Sigma.IntegrationTests.Explaining;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using static Sigma.IntegrationTests.Evaluation.Batches;
using static Sigma.IntegrationTests.Evaluation.RuleRestarts;

namespace Sigma.IntegrationTests.Evaluation;

/// <summary>Settings of rules that change while the evaluator is stopped.</summary>
public sealed class Changed_rules(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Window", "02:00:00", "00:30:00")]
    [InlineData("Threshold", "20", "30")]
    [InlineData("ClearBelow", "5", "20")]
    [InlineData("Overrides:0:Threshold", "20", "50")]
    public async Task An_alert_whose_count_is_normal_by_the_new_limits_is_cleared_at_the_start(string setting, string before, string after)
    {
        await using var station = await Create(output);
        station.Settings["Evaluator:Rules:0:Overrides:0:Labels:code"] = setting.StartsWith("Overrides", StringComparison.Ordinal) ? "E130" : "E999";
        station.Settings["Evaluator:Rules:0:Overrides:0:Threshold"] = "40";
        var evaluator = await station.StartWithRule((setting, before));
        // 14:00: of 14 events from 11:55 and 6 from 12:10 those 6 are left; 13:50: all.
        var early = Burst(14, Noon.AddMinutes(-5));
        var late = Burst(6, Noon.AddMinutes(10));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, early), Slice(Noon, Noon.AddMinutes(setting == "ClearBelow" ? 120 : 110), late));
        Assert.Single(station.Alerts.Raised);
        Assert.Empty(station.Alerts.Cleared);

        await station.RestartWithRule(evaluator, (setting, after));

        Assert.Equal("volume-normal", Text(Assert.Single(station.Alerts.Cleared), "reason"));
        Assert.Single(station.Alerts.Raised);
        Assert.Equal(0, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers"));
    }

    [Theory]
    [InlineData("Window", "02:00:00", "04:00:00")]
    [InlineData("Threshold", "20", "10")]
    [InlineData("ClearBelow", "20", "10")]
    [InlineData("Overrides:0:Threshold", "20", "10")]
    public async Task An_alert_stays_raised_for_as_long_as_the_new_limits_say(string setting, string before, string after)
    {
        await using var station = await Create(output);
        if (setting.StartsWith("Overrides", StringComparison.Ordinal))
            station.Settings["Evaluator:Rules:0:Overrides:0:Labels:code"] = "E130";
        var evaluator = await station.StartWithRule((setting, before));
        var slowly = Enumerable.Range(0, 20).Select(i => Event($"{i}", Noon.AddMinutes(i)));
        await station.Feed(evaluator, Slice(Noon.AddHours(-6), Noon, []), Slice(Noon, Noon.AddMinutes(30), slowly));

        evaluator = await station.RestartWithRule(evaluator, (setting, after));
        // 14:05: 14 are left of the two hours before.
        await station.Feed(evaluator, Slice(Noon.AddMinutes(30), Noon.AddMinutes(125), []));
        Assert.Empty(station.Alerts.Cleared);
        await station.Feed(evaluator, Slice(Noon.AddMinutes(125), Noon.AddHours(5), []));

        Assert.Equal("volume-normal", Text(Assert.Single(station.Alerts.Cleared), "reason"));
        Assert.Single(station.Alerts.Raised);
    }

    [Theory]
    [InlineData("Threshold", "20", "10")]
    [InlineData("Window", "00:10:00", "02:00:00")]
    [InlineData("Include:code", "E999", "*")]
    [InlineData("Exclude:code", "E130", "")]
    [InlineData("Overrides:0:Threshold", "20", "10")]
    public async Task An_excess_that_is_one_by_the_new_settings_is_raised_at_the_start(string setting, string before, string after)
    {
        await using var station = await Create(output);
        station.Settings["Evaluator:Rules:0:Threshold"] = "12";
        if (setting.StartsWith("Overrides", StringComparison.Ordinal))
            station.Settings["Evaluator:Rules:0:Overrides:0:Labels:code"] = "E130";
        var evaluator = await station.StartWithRule((setting, before));
        var slowly = Enumerable.Range(0, 12).Select(i => Event($"{i}", Noon.AddMinutes(i)));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(30), slowly));
        Assert.Empty(station.Alerts.Raised);

        evaluator = await station.RestartWithRule(evaluator, (setting, after));

        Assert.Equal(12, Assert.Single(station.Alerts.Raised).Message.GetProperty("count").GetInt32());
        evaluator = await station.RestartWithRule(evaluator, (setting, after)); // counted once more, for it is new
        await station.Feed(evaluator, Slice(Noon.AddMinutes(30), Noon.AddHours(3), []));
        Assert.Single(station.Alerts.Raised);
        Assert.Single(station.Alerts.Cleared);
    }

    [Fact]
    public async Task A_new_rule_counts_what_is_there_and_raises_no_excess_that_is_over()
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule(("Name", "by-key"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-4), Noon, Burst(40, Noon.AddHours(-3), "1").Concat(Burst(20, Noon.AddHours(-1), "2"))));
        var raised = station.Alerts.Raised.Count;

        station.Settings["Evaluator:Rules:1:Name"] = "by-account";
        station.Settings["Evaluator:Rules:1:GroupBy"] = "account";
        evaluator = await station.RestartWithRule(evaluator);

        var news = station.Alerts.Raised.Skip(raised).ToList();
        Assert.Equal(("by-account", "2"), (Text(Assert.Single(news), "rule"), news[0].Label("account")));
        await station.Feed(evaluator, Slice(Noon, Noon.AddHours(2), []));
        Assert.All(station.Alerts.Cleared, cleared => Assert.Equal("volume-normal", Text(cleared, "reason")));
    }

    [Fact]
    public async Task A_rule_that_groups_otherwise_says_that_it_changed_and_tells_nobody_that_the_volume_is_normal()
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));

        evaluator = await station.RestartWithRule(evaluator, ("GroupBy", "account"));
        Assert.Equal("rule-changed", Text(Assert.Single(station.Alerts.Cleared), "reason"));
        Assert.Equal(2, station.Alerts.Raised.Count);
        Assert.False(station.Alerts.Raised[1].Message.GetProperty("labels").TryGetProperty("code", out var _));

        // What an evaluator with the settings of before still finds is no news.
        var old = Ids.From("trigger", "rule", "segware", "account", "100", "code", "E130", "cuc", "ALR");
        await station.Feed(evaluator, new RaiseHint
        {
            TriggerId = old, Rule = "rule", Source = "segware",
            Labels = new Dictionary<string, string> { ["account"] = "100", ["code"] = "E130", ["cuc"] = "ALR" },
            From = Noon, To = Noon.AddMinutes(5),
        });
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddHours(1), Burst(40, Noon.AddMinutes(6))));
        Assert.Equal(2, station.Alerts.Raised.Count);
        Assert.Single(station.Alerts.Cleared);
    }

    [Theory]
    [InlineData("Exclude:code", "E130")]
    [InlineData("Include:cuc", "PIN")]
    [InlineData("Source", "other")]
    public async Task An_alert_of_a_key_that_the_rule_counts_no_more_says_that_the_rule_changed(string setting, string value)
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));

        await station.RestartWithRule(evaluator, (setting, value));

        Assert.Equal("rule-changed", Text(Assert.Single(station.Alerts.Cleared), "reason"));
        Assert.Single(station.Alerts.Raised);
        Assert.Equal(0, await station.Count("select count(*) from evaluator_cleared"));
    }

    [Fact]
    public async Task Events_that_a_rule_leaves_out_now_are_taken_out_of_its_counts()
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule(("GroupBy", "account"));
        var mixed = Enumerable.Range(0, 20).Select(i => Event($"{i}", Noon.AddSeconds(i), code: i % 2 == 0 ? "E130" : "E301"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), mixed));

        await station.RestartWithRule(evaluator, ("Exclude:code", "E301"));

        var cleared = Assert.Single(station.Alerts.Cleared);
        Assert.Equal(("volume-normal", 10), (Text(cleared, "reason"), cleared.Message.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task Two_evaluators_that_start_at_once_and_one_that_ended_in_the_middle_tell_everything_once()
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule();
        var slices = Enumerable.Range(0, 20).Select(account =>
            Slice(Noon.AddMinutes(account), Noon.AddMinutes(account + 1), Burst(20, Noon.AddMinutes(account), $"{account}")));
        await station.Feed(evaluator, [Slice(Noon.AddHours(-2), Noon, []), .. slices]);
        await station.Stop(evaluator);

        station.Settings["Evaluator:Rules:0:GroupBy"] = "account,cuc";
        var both = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await Task.WhenAll(both.Select(Applied));
        await station.Quiet();
        await Task.WhenAll(both.Select(station.Stop));
        await station.Count("delete from evaluator_rules; select 0"); // as if it had ended before the last step
        await Applied(await station.StartEvaluator());
        await station.Quiet();

        Assert.Equal(40, station.Alerts.Raised.Count);
        Assert.Equal(20, station.Alerts.Cleared.Count);
        Assert.All(station.Alerts.Cleared, cleared => Assert.Equal("rule-changed", Text(cleared, "reason")));
        Assert.Equal(20, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers"));
    }

    [Fact]
    public async Task Many_stored_events_are_counted_in_batches_each_once()
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule(("Threshold", "5000"));
        var storm = Enumerable.Range(0, 4500).Select(i => Event($"{i}", Noon.AddSeconds(i / 100), account: $"{i % 3}")).Chunk(900);
        var parts = storm.Select((part, index) => Slice(Noon, Noon.AddMinutes(5), part, index + 1, 5));
        await station.Feed(evaluator, [Slice(Noon.AddHours(-2), Noon, []), .. parts]);

        await station.RestartWithRule(evaluator, ("Name", "renamed"), ("Threshold", "1500"));

        Assert.Equal([1500, 1500, 1500], station.Alerts.Raised.Select(l => l.Message.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task Explain_says_at_once_what_the_evaluator_does_at_its_start()
    {
        await using var station = await Create(output);
        var evaluator = await station.StartWithRule();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        await station.Stop(evaluator);

        station.Settings["Evaluator:Rules:0:Threshold"] = "30";
        using (var shell = new Shell(station))
            Assert.Contains("Nothing keeps it", (await ExplainOutput.Of(shell, "100")).Because("rule"));
        station.Settings["Evaluator:Rules:0:GroupBy"] = "account";
        using (var shell = new Shell(station))
        {
            var says = (await ExplainOutput.Of(shell, "100")).Kind("verdict", "rule").Select(verdict => ExplainOutput.Text(verdict, "says")!)
                .ToList();
            Assert.StartsWith("not in alert", says[0]);
            Assert.EndsWith("by the rule as it was, with other keys or events: an evaluator that starts with these settings clears it.", says[1]);
        }
    }
}
