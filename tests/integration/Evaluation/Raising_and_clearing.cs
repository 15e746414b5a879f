using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

public sealed class Raising_and_clearing(ITestOutputHelper output)
{
    [Fact]
    public async Task Raises_at_20_not_at_19_says_nothing_at_21_clears_once_and_a_new_excess_is_a_new_episode()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();

        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(19, Noon.AddMinutes(1))));
        Assert.Empty(station.Alerts.Raised);

        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(6), Burst(1, Noon.AddMinutes(5))));
        var raised = Assert.Single(station.Alerts.Raised);
        Assert.Equal(20, raised.Message.GetProperty("count").GetInt32());

        await station.Feed(evaluator, Slice(Noon.AddMinutes(6), Noon.AddMinutes(7), Burst(1, Noon.AddMinutes(6))));
        Assert.Single(station.Alerts.Raised);

        await station.Feed(evaluator, Slice(Noon.AddMinutes(7), Noon.AddMinutes(120), []));
        Assert.Empty(station.Alerts.Cleared);

        await station.Feed(evaluator, Slice(Noon.AddMinutes(120), Noon.AddMinutes(130), []));
        var cleared = Assert.Single(station.Alerts.Cleared);
        Assert.Equal(raised.AlertId, cleared.AlertId);

        await station.Feed(evaluator, Slice(Noon.AddMinutes(130), Noon.AddMinutes(140), Burst(20, Noon.AddMinutes(131))));
        Assert.Equal(2, station.Alerts.Raised.Count);
        Assert.NotEqual(raised.AlertId, station.Alerts.Raised[1].AlertId);
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_burst_across_the_border_of_two_slices_is_counted_whole_in_whatever_order_they_come()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        var burst = Burst(20, Noon.AddSeconds(-10)).ToList();

        await station.Feed(evaluator, Slice(Noon, Noon.AddMinutes(1), burst.Skip(10)));
        Assert.Empty(station.Alerts.Raised);
        await station.Feed(evaluator, Slice(Noon.AddMinutes(-1), Noon, burst.Take(10)));

        Assert.Equal(20, Assert.Single(station.Alerts.Raised).Message.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task An_excess_that_lies_in_the_past_when_it_is_fetched_is_raised_all_the_same()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();

        await station.Feed(evaluator, Slice(Noon, Noon.AddHours(6), []), Slice(Noon.AddHours(-1), Noon, Burst(20, Noon.AddMinutes(-30))));

        await station.Alerts.UntilRaised(1);
        Assert.Equal(Noon.AddMinutes(-30).AddSeconds(19), station.Alerts.Raised[0].Message.GetProperty("windowTo").GetDateTimeOffset());
    }

    [Fact]
    public async Task Missing_time_never_clears_and_its_coming_does()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(10), Burst(20, Noon)));

        // A quarter of an hour is missing; the window after it is not whole before 14:25.
        await station.Feed(evaluator, Slice(Noon.AddMinutes(25), Noon.AddMinutes(140), []));
        Assert.Empty(station.Alerts.Cleared);

        await station.Feed(evaluator, Slice(Noon.AddMinutes(10), Noon.AddMinutes(25), []));
        Assert.Single(station.Alerts.Cleared);
    }

    [Fact]
    public async Task A_slice_covers_only_when_all_its_parts_are_stored()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(10), Burst(20, Noon)));

        var from = Noon.AddMinutes(10);
        var to = Noon.AddMinutes(140);
        await station.Feed(evaluator, Slice(from, to, [], 2, 3), Slice(from, to, [], 3, 3));
        Assert.Empty(station.Alerts.Cleared);
        await station.Feed(evaluator, Slice(from, to, [], 1, 3));
        Assert.Single(station.Alerts.Cleared);
    }

    [Fact]
    public async Task A_late_event_of_an_episode_that_is_over_does_not_raise_it_again()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        var burst = Burst(25, Noon).ToList();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(10), burst.Take(24)));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(10), Noon.AddHours(3), []));
        Assert.Single(station.Alerts.Cleared);

        await station.Feed(evaluator, Slice(Noon, Noon.AddMinutes(10), burst));

        Assert.Single(station.Alerts.Raised);
    }

    [Fact]
    public async Task Our_own_alarm_events_and_unwatched_classes_are_not_counted()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        var own = Enumerable.Range(0, 30).Select(i => Event($"own-{i}", Noon.AddSeconds(i), "1", code: "E702"));
        var other = Enumerable.Range(0, 30).Select(i => Event($"other-{i}", Noon.AddSeconds(i), "2", cuc: "XYZ"));

        await station.Feed(evaluator, Slice(Noon, Noon.AddMinutes(1), [.. own, .. other, .. Burst(20, Noon, "3")]));

        Assert.Equal("3", Assert.Single(station.Alerts.Raised).Label("account"));
    }

    [Fact]
    public async Task An_alert_that_nobody_listens_to_yet_waits_until_somebody_does()
    {
        await using var station = await Station.Create(output, subscribed: false);
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));
        await Await.Until(() => station.Count("select count(*) from outbox where attempts > 1"), waiting => waiting == 1,
            "the alert was offered twice and is still in the outbox");

        await using var late = await AmqpSubscriber.Open(station.Broker, Alerts.RaisedExchange);
        await Await.Until(() =>
        {
            station.Clock.Advance(TimeSpan.FromSeconds(30));
            return Task.FromResult(late.Messages.Count);
        }, letters => letters == 1, "the alert has come");
        await Await.Until(() => station.Count("select count(*) from outbox"), waiting => waiting == 0, "the outbox is empty");
    }

    [Fact]
    public async Task Alerts_of_a_rule_that_is_no_longer_configured_are_cleared_at_start()
    {
        await using var station = await Station.Create(output);
        station.Settings["Evaluator:Rules:0:Name"] = "old-rule";
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));
        await station.Stop(evaluator);

        station.Settings["Evaluator:Rules:0:Name"] = "new-rule";
        await station.StartEvaluator();

        await station.Alerts.UntilCleared(1);
        Assert.Equal("rule-removed", station.Alerts.Cleared[0].Message.GetProperty("reason").GetString());
    }
}
