using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Triggers;
using Sigma.IntegrationTests.Explaining;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

/// <summary>Settings of rules that change while the evaluator is stopped.</summary>
public sealed class Changed_rules(ITestOutputHelper output)
{
    [Theory]
    [InlineData("excesso-noturno", "Excesso-Noturno")]
    [InlineData("excessão", "excessao")]
    [InlineData("excesso", "excesso ")]
    public async Task A_rule_that_is_renamed_ends_its_alert_and_the_new_one_counts_what_is_there(string before, string after)
    {
        await using var station = await Create();
        var evaluator = await Start(station, ("Name", before));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));

        evaluator = await Restart(station, evaluator, ("Name", after));

        var ended = Assert.Single(station.Alerts.Cleared);
        Assert.Equal((before, "rule-removed"), (Text(ended, "rule"), Text(ended, "reason")));
        Assert.Equal([(before, 20), (after, 20)], station.Alerts.Raised.Select(l => (Text(l, "rule"), l.Message.GetProperty("count").GetInt32())));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddHours(3), []));
        Assert.Equal((after, "volume-normal"), (Text(station.Alerts.Cleared[1], "rule"), Text(station.Alerts.Cleared[1], "reason")));
        Assert.Equal(0, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers"));
    }

    [Theory]
    [InlineData("Window", "02:00:00", "00:30:00")]
    [InlineData("Threshold", "20", "30")]
    [InlineData("ClearBelow", "5", "20")]
    [InlineData("Overrides:0:Threshold", "20", "50")]
    public async Task An_alert_whose_count_is_normal_by_the_new_limits_is_cleared_at_the_start(string setting, string before, string after)
    {
        await using var station = await Create();
        station.Settings["Evaluator:Rules:0:Overrides:0:Labels:code"] = setting.StartsWith("Overrides", StringComparison.Ordinal) ? "E130" : "E999";
        station.Settings["Evaluator:Rules:0:Overrides:0:Threshold"] = "40";
        var evaluator = await Start(station, (setting, before));
        // 14:00: of 14 events from 11:55 and 6 from 12:10 those 6 are left; 13:50: all.
        var (early, late) = (Burst(14, Noon.AddMinutes(-5)), Burst(6, Noon.AddMinutes(10)));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, early), Slice(Noon, Noon.AddMinutes(setting == "ClearBelow" ? 120 : 110), late));
        Assert.Single(station.Alerts.Raised);
        Assert.Empty(station.Alerts.Cleared);

        await Restart(station, evaluator, (setting, after));

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
        await using var station = await Create();
        if (setting.StartsWith("Overrides", StringComparison.Ordinal))
            station.Settings["Evaluator:Rules:0:Overrides:0:Labels:code"] = "E130";
        var evaluator = await Start(station, (setting, before));
        var slowly = Enumerable.Range(0, 20).Select(i => Event($"{i}", Noon.AddMinutes(i)));
        await station.Feed(evaluator, Slice(Noon.AddHours(-6), Noon, []), Slice(Noon, Noon.AddMinutes(30), slowly));

        evaluator = await Restart(station, evaluator, (setting, after));
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
        await using var station = await Create();
        station.Settings["Evaluator:Rules:0:Threshold"] = "12";
        if (setting.StartsWith("Overrides", StringComparison.Ordinal))
            station.Settings["Evaluator:Rules:0:Overrides:0:Labels:code"] = "E130";
        var evaluator = await Start(station, (setting, before));
        var slowly = Enumerable.Range(0, 12).Select(i => Event($"{i}", Noon.AddMinutes(i)));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(30), slowly));
        Assert.Empty(station.Alerts.Raised);

        evaluator = await Restart(station, evaluator, (setting, after));

        Assert.Equal(12, Assert.Single(station.Alerts.Raised).Message.GetProperty("count").GetInt32());
        evaluator = await Restart(station, evaluator, (setting, after)); // counted once more, for it is new
        await station.Feed(evaluator, Slice(Noon.AddMinutes(30), Noon.AddHours(3), []));
        Assert.Single(station.Alerts.Raised);
        Assert.Single(station.Alerts.Cleared);
    }

    [Fact]
    public async Task A_new_rule_counts_what_is_there_and_raises_no_excess_that_is_over()
    {
        await using var station = await Create();
        var evaluator = await Start(station, ("Name", "by-key"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-4), Noon, Burst(40, Noon.AddHours(-3), "1").Concat(Burst(20, Noon.AddHours(-1), "2"))));
        var raised = station.Alerts.Raised.Count;

        station.Settings["Evaluator:Rules:1:Name"] = "by-account";
        station.Settings["Evaluator:Rules:1:GroupBy"] = "account";
        evaluator = await Restart(station, evaluator);

        var news = station.Alerts.Raised.Skip(raised).ToList();
        Assert.Equal(("by-account", "2"), (Text(Assert.Single(news), "rule"), news[0].Label("account")));
        await station.Feed(evaluator, Slice(Noon, Noon.AddHours(2), []));
        Assert.All(station.Alerts.Cleared, cleared => Assert.Equal("volume-normal", Text(cleared, "reason")));
    }

    [Fact]
    public async Task A_rule_that_groups_otherwise_says_that_it_changed_and_tells_nobody_that_the_volume_is_normal()
    {
        await using var station = await Create();
        var evaluator = await Start(station);
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));

        evaluator = await Restart(station, evaluator, ("GroupBy", "account"));
        Assert.Equal("rule-changed", Text(Assert.Single(station.Alerts.Cleared), "reason"));
        Assert.Equal(2, station.Alerts.Raised.Count);
        Assert.False(station.Alerts.Raised[1].Message.GetProperty("labels").TryGetProperty("code", out var _));

        // What an evaluator with the settings of before still finds is no news.
        var old = Ids.From("trigger", "rule", "segware", "account", "100", "code", "E130", "cuc", "ALR");
        await station.Feed(evaluator, new RaiseDue
        {
            TriggerId = old, Rule = "rule", Source = "segware", Labels = new Dictionary<string, string> { ["account"] = "100", ["code"] = "E130", ["cuc"] = "ALR" },
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
        await using var station = await Create();
        var evaluator = await Start(station);
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));

        await Restart(station, evaluator, (setting, value));

        Assert.Equal("rule-changed", Text(Assert.Single(station.Alerts.Cleared), "reason"));
        Assert.Single(station.Alerts.Raised);
        Assert.Equal(0, await station.Count("select count(*) from evaluator_cleared"));
    }

    [Fact]
    public async Task Events_that_a_rule_leaves_out_now_are_taken_out_of_its_counts()
    {
        await using var station = await Create();
        var evaluator = await Start(station, ("GroupBy", "account"));
        var mixed = Enumerable.Range(0, 20).Select(i => Event($"{i}", Noon.AddSeconds(i), code: i % 2 == 0 ? "E130" : "E301"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), mixed));

        await Restart(station, evaluator, ("Exclude:code", "E301"));

        var cleared = Assert.Single(station.Alerts.Cleared);
        Assert.Equal(("volume-normal", 10), (Text(cleared, "reason"), cleared.Message.GetProperty("count").GetInt32()));
    }

    [Theory]
    [InlineData("excesso-noturno", "Excesso-Noturno")]
    [InlineData("noite", "excesso de eventos à noite")]
    public async Task A_rename_that_is_declared_carries_the_alert_on_and_nobody_hears_of_it(string before, string after)
    {
        await using var station = await Create();
        var evaluator = await Start(station, ("Name", before));
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
        Assert.Equal((station.Alerts.Raised[0].AlertId, after, "volume-normal", 5), (cleared.AlertId, Text(cleared, "rule"), Text(cleared, "reason"), cleared.Message.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task A_rename_whose_new_rule_has_the_key_raised_already_ends_the_old_alert()
    {
        await using var station = await Create();
        station.Settings["Evaluator:Rules:1:Name"] = "new";
        var evaluator = await Start(station, ("Name", "old"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        Assert.Equal(2, station.Alerts.Raised.Count);

        station.Settings.Remove("Evaluator:Rules:1:Name");
        station.Settings["Evaluator:Rules:0:FormerNames:0"] = "old";
        await Restart(station, evaluator, ("Name", "new"));

        var ended = Assert.Single(station.Alerts.Cleared);
        Assert.Equal(("old", "rule-removed"), (Text(ended, "rule"), Text(ended, "reason")));
        Assert.Equal(1, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers where rule = 'new'"));
    }

    [Fact]
    public async Task An_excess_that_is_over_is_not_raised_again_when_its_time_is_fetched_once_more_after_a_rename()
    {
        await using var station = await Create();
        station.Settings["Evaluator:Rules:0:Window"] = "00:10:00";
        var evaluator = await Start(station, ("Name", "old"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(40), []));
        Assert.Single(station.Alerts.Cleared);
        station.Settings["Evaluator:Rules:0:FormerNames:0"] = "old";
        evaluator = await Restart(station, evaluator, ("Name", "new"));

        var late = Event("late", Noon.AddMinutes(39));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(-1), Noon.AddMinutes(41), [.. Burst(20, Noon), late]));

        Assert.Equal("old", Text(Assert.Single(station.Alerts.Raised), "rule"));
        Assert.Equal(1, await station.Count("select count(*) from evaluator_window where occurred_at = @at", new { at = late.OccurredAt.ToUnixTimeMilliseconds() }));
    }

    [Fact]
    public async Task An_excess_that_began_and_ended_while_a_renamed_rule_could_not_be_applied_is_raised()
    {
        await using var station = await Create();
        station.Settings["Evaluator:Rules:0:Window"] = "00:10:00";
        var evaluator = await Start(station, ("Name", "old"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(1), Burst(12, Noon)));
        await station.Stop(evaluator);

        // Half of its events were stored by the rule of before, half by the renamed one, and time moves on.
        await station.Count("alter table evaluator_rules rename to evaluator_rules_away; select 0");
        station.Settings["Evaluator:Rules:0:FormerNames:0"] = "old";
        station.Settings["Evaluator:Rules:0:Name"] = "new";
        evaluator = await station.Start("evaluator", service => service.AddEvaluator());
        await station.Feed(evaluator, Slice(Noon.AddMinutes(1), Noon.AddMinutes(2), Burst(12, Noon.AddMinutes(1))), Slice(Noon.AddMinutes(2), Noon.AddMinutes(14), []));
        Assert.Empty(station.Alerts.Raised);
        await station.Count("alter table evaluator_rules_away rename to evaluator_rules; select 0");
        await Applied(evaluator);
        await station.Quiet();

        Assert.Equal(("new", 24), (Text(Assert.Single(station.Alerts.Raised), "rule"), station.Alerts.Raised[0].Message.GetProperty("count").GetInt32()));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(14), Noon.AddMinutes(15), []));
        Assert.Equal("volume-normal", Text(Assert.Single(station.Alerts.Cleared), "reason"));
    }

    [Fact]
    public async Task An_alert_raised_under_the_former_name_is_not_raised_again_before_it_is_carried_on()
    {
        await using var station = await Create();
        var evaluator = await Start(station, ("Name", "old"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));
        await station.Stop(evaluator);

        await station.Count("alter table evaluator_rules rename to evaluator_rules_away; select 0");
        station.Settings["Evaluator:Rules:0:FormerNames:0"] = "old";
        station.Settings["Evaluator:Rules:0:Name"] = "new";
        evaluator = await station.Start("evaluator", service => service.AddEvaluator());
        await station.Count("alter table evaluator_rules_away rename to evaluator_rules; select 0");
        await station.Feed(evaluator, Slice(Noon.AddMinutes(1), Noon.AddMinutes(2), Burst(30, Noon.AddMinutes(1))));
        await Applied(evaluator);
        await station.Feed(evaluator, Slice(Noon.AddMinutes(2), Noon.AddHours(3), []));

        var cleared = Assert.Single(station.Alerts.Cleared);
        Assert.Equal((Assert.Single(station.Alerts.Raised).AlertId, "new", "volume-normal"), (cleared.AlertId, Text(cleared, "rule"), Text(cleared, "reason")));
    }

    [Fact]
    public async Task An_excess_that_was_raised_and_cleared_is_known_to_be_judged_through_two_renames()
    {
        await using var station = await Create();
        station.Settings["Evaluator:Rules:0:Window"] = "00:10:00";
        var evaluator = await Start(station, ("Name", "first"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(12), []));
        Assert.Single(station.Alerts.Cleared);

        foreach (var (former, name) in new[] { ("first", "second"), ("second", "third") })
        {
            station.Settings["Evaluator:Rules:0:FormerNames:0"] = former;
            evaluator = await Restart(station, evaluator, ("Name", name));
        }
        await station.Feed(evaluator, Slice(Noon.AddMinutes(-1), Noon.AddMinutes(6), Burst(20, Noon)));

        Assert.Equal("first", Text(Assert.Single(station.Alerts.Raised), "rule"));
    }

    [Fact]
    public async Task A_rule_that_comes_back_counts_what_is_there()
    {
        await using var station = await Create();
        var evaluator = await Start(station, ("Name", "first"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        station.Settings["Evaluator:Rules:0:Include:code"] = "E999";
        evaluator = await Restart(station, evaluator, ("Name", "second"));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(10), Burst(10, Noon.AddMinutes(6))));
        Assert.Single(station.Alerts.Cleared);

        station.Settings.Remove("Evaluator:Rules:0:Include:code");
        await Restart(station, evaluator, ("Name", "first"));

        Assert.Equal(30, station.Alerts.Raised[1].Message.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Two_evaluators_that_start_at_once_and_one_that_ended_in_the_middle_tell_everything_once()
    {
        await using var station = await Create();
        var evaluator = await Start(station);
        var slices = Enumerable.Range(0, 20).Select(account => Slice(Noon.AddMinutes(account), Noon.AddMinutes(account + 1), Burst(20, Noon.AddMinutes(account), $"{account}")));
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
        await using var station = await Create();
        var evaluator = await Start(station, ("Threshold", "5000"));
        var storm = Enumerable.Range(0, 4500).Select(i => Event($"{i}", Noon.AddSeconds(i / 100), account: $"{i % 3}")).Chunk(900);
        await station.Feed(evaluator, [Slice(Noon.AddHours(-2), Noon, []), .. storm.Select((part, index) => Slice(Noon, Noon.AddMinutes(5), part, index + 1, 5))]);

        await Restart(station, evaluator, ("Name", "renamed"), ("Threshold", "1500"));

        Assert.Equal([1500, 1500, 1500], station.Alerts.Raised.Select(l => l.Message.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task Explain_says_at_once_what_the_evaluator_does_at_its_start()
    {
        await using var station = await Create();
        var evaluator = await Start(station);
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
        await station.Stop(evaluator);

        station.Settings["Evaluator:Rules:0:Threshold"] = "30";
        using (var shell = new Shell(station))
            Assert.Contains("Nothing keeps it", (await Explained.Of(shell, "100")).Because("rule"));
        station.Settings["Evaluator:Rules:0:GroupBy"] = "account";
        using (var shell = new Shell(station))
        {
            var says = (await Explained.Of(shell, "100")).Kind("verdict", "rule").Select(verdict => Explained.Text(verdict, "says")!).ToList();
            Assert.StartsWith("not in alert", says[0]);
            Assert.EndsWith("by the rule as it was, with other keys or events: an evaluator that starts with these settings clears it.", says[1]);
        }
    }

    /// <summary>At the time of the events: what is older than two days may be purged at a start.</summary>
    async Task<Station> Create([CallerMemberName] string test = "")
    {
        var station = await Station.Create(output, test: test);
        station.Clock.Advance(Noon.AddMinutes(6) - station.Clock.GetUtcNow());
        return station;
    }

    static async Task<WebApplication> Start(Station station, params (string Setting, string Value)[] rule)
    {
        station.Settings.TryAdd("Evaluator:Rules:0:Name", "rule");
        foreach (var (setting, value) in rule)
            station.Settings[$"Evaluator:Rules:0:{setting}"] = value;
        var evaluator = await station.StartEvaluator();
        await Applied(evaluator);
        return evaluator;
    }

    /// <summary>Stops it, changes the rule, starts it, and waits until all that follows has happened.</summary>
    static async Task<WebApplication> Restart(Station station, WebApplication evaluator, params (string Setting, string Value)[] rule)
    {
        await station.Stop(evaluator);
        var started = await Start(station, rule);
        await station.Quiet();
        return started;
    }

    static Task Applied(WebApplication evaluator) => evaluator.Services.GetServices<IHostedService>().OfType<RuleChanges>().Single().ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60));

    static string Text(Letter letter, string field) => letter.Message.GetProperty(field).GetString()!;
}
