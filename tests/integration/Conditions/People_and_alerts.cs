using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Subscribing;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Conditions.News;

namespace Sigma.IntegrationTests.Conditions;

public sealed class People_and_alerts(ITestOutputHelper output)
{
    const string Acknowledged = "Sigma.Contracts:AlertAcknowledged", Updated = "Sigma.Contracts:AlertUpdated";

    [Fact]
    public async Task An_alert_is_acknowledged_once_by_who_was_first_and_still_cleared()
    {
        await using var station = await Watched();
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        var heard = await AmqpSubscriber.Open(station.Broker, [Acknowledged]);
        await using var _ = heard;
        var alert = await Raise(station, evaluators[0]);

        await Task.WhenAll(evaluators[0].Feed(Ack(alert, "Ana"), Ack(alert, "Ana")),
            evaluators[1].Feed(Ack(alert, "Rui"), Ack(Guid.NewGuid(), "Rui")));
        await station.Quiet();
        await Await.Until(() => Task.FromResult(heard.Messages.Count), count => count > 0, "somebody is told that it is acknowledged");
        await station.Quiet();

        var said = heard.Messages.DistinctBy(message => message.MessageId).Single().Message;
        Assert.Equal(alert, said.GetProperty("alertId").GetGuid());
        using var shell = new Poison.Shell(station);
        var (code, listed) = await shell.Json("alerts", "list");
        Assert.Equal((0, said.GetProperty("by").GetString()), (code, listed.Single().GetProperty("acknowledgedBy").GetString()));
        Assert.Equal(1, (await shell.Json("alerts", "list", "--unacknowledged")).ExitCode);

        await evaluators[1].Feed(Samples(("a", Noon.AddMinutes(1), 10)));
        await station.Alerts.UntilCleared(1);
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_closed_alert_ends_once_and_what_came_before_raises_none()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        var alert = await Raise(station, evaluator);

        using var shell = new Poison.Shell(station);
        Assert.Equal(0, (await shell.Sigma("alerts", "close", $"{alert}", "--by", "Ana", "--comment", "sensor replaced")).ExitCode);
        await station.Alerts.UntilCleared(1);
        await evaluator.Feed(Close(alert), Close(alert));
        await evaluator.Feed(Samples(("a", Noon.AddSeconds(30), 99))); // still beyond the limit, without a break
        await station.Quiet();

        var cleared = station.Alerts.Cleared.Single().Message;
        Assert.Equal(("closed", "Ana", "sensor replaced"),
            (cleared.GetProperty("reason").GetString(), cleared.GetProperty("closedBy").GetString(), cleared.GetProperty("comment").GetString()));
        Assert.Single(station.Alerts.Raised);

        // Normal, and too much again after the close: that is new.
        var now = station.Clock.GetUtcNow();
        await evaluator.Feed(Samples(("a", now.AddMinutes(1), 10)));
        await station.Quiet();
        await evaluator.Feed(Samples(("a", now.AddMinutes(2), 99)));
        await station.Alerts.UntilRaised(2);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task A_command_and_a_clear_at_the_same_moment_end_the_alert_once(int seed)
    {
        await using var station = await Watched();
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        var alert = await Raise(station, evaluators[0]);

        Task[] both = [evaluators[seed % 2].Feed(Close(alert)), evaluators[1 - seed % 2].Feed(Samples(("a", Noon.AddMinutes(1), 10))),
            evaluators[0].Feed(Ack(alert, "Ana"))];
        await Task.WhenAll(both);
        await station.Alerts.UntilCleared(1);
        await station.Quiet();

        Assert.Equal(alert, station.Alerts.Cleared.Single().AlertId);
        Assert.Equal(0, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers"));
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_closed_excess_counts_afresh()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await station.Raise(evaluator);
        var alert = station.Alerts.Raised.Single().AlertId;
        await evaluator.Feed(Close(alert));
        await station.Alerts.UntilCleared(1);

        await evaluator.Feed(Batches.Slice(Batches.Noon.AddMinutes(1), Batches.Noon.AddMinutes(2),
            [Batches.Event("one-more", Batches.Noon.AddMinutes(1))]));
        await station.Quiet();
        Assert.Single(station.Alerts.Raised);
    }

    [Fact]
    public async Task What_is_said_assigned_and_put_off_is_told_once_and_kept_beyond_the_end()
    {
        await using var station = await Watched();
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await using var heard = await AmqpSubscriber.Open(station.Broker, [Updated]);
        var alert = await Raise(station, evaluators[0]);
        var until = station.Clock.GetUtcNow().AddHours(2);

        CommentAlert comment = new() { CommandId = Guid.NewGuid(), AlertId = alert, By = "Ana", Comment = "the technician is on the way" };
        AssignAlert assign = new() { CommandId = Guid.NewGuid(), AlertId = alert, By = "Ana", To = "Rui" };
        SnoozeAlert snooze = new() { CommandId = Guid.NewGuid(), AlertId = alert, By = "Rui", Until = until };
        await Task.WhenAll(evaluators.Select(evaluator => Task.WhenAll(evaluator.Feed(comment), evaluator.Feed(assign), evaluator.Feed(snooze))));
        await station.Quiet();
        await Await.Until(() => Task.FromResult(Said(heard).Count), count => count >= 3, "all three are told");
        await station.Quiet();

        Assert.Equal(["assigned", "commented", "snoozed"], Said(heard).Select(said => said.GetProperty("change").GetString()).Order());
        Assert.Contains(Said(heard), said => said.GetProperty("change").GetString() == "snoozed"
            && said.GetProperty("snoozed").GetBoolean()
            && said.GetProperty("snoozedUntil").GetDateTimeOffset() == DateTimeOffset.FromUnixTimeMilliseconds(until.ToUnixTimeMilliseconds()));
        using var shell = new Poison.Shell(station);
        var (_, shown) = await shell.Json("alerts", "show", $"{alert}");
        Assert.Equal(("Rui", true), (shown[0].GetProperty("assignedTo").GetString(), shown[0].GetProperty("snoozed").GetBoolean()));
        Assert.Equal(3, shown.Count - 1);

        await evaluators[0].Feed(new SnoozeAlert { CommandId = Guid.NewGuid(), AlertId = alert, By = "Rui", Until = DateTimeOffset.UnixEpoch });
        await station.Quiet();
        var listed = (await shell.Json("alerts", "list")).Lines.Single();
        Assert.False(listed.GetProperty("snoozed").GetBoolean());

        await evaluators[1].Feed(Samples(("a", Noon.AddMinutes(1), 10)));
        await station.Alerts.UntilCleared(1);
        await evaluators[1].Feed(comment with { CommandId = Guid.NewGuid() });
        await station.Quiet();
        Assert.Equal(4, (await shell.Json("alerts", "show", $"{alert}")).Lines.Count); // after its end nothing is changed
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_value_that_moves_is_told_once_a_minute_at_most()
    {
        await using var station = await Watched();
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await using var heard = await AmqpSubscriber.Open(station.Broker, [Updated]);
        await Raise(station, evaluators[0]);

        await evaluators[1].Feed(Samples(("a", Noon.AddSeconds(10), 95)));
        await station.Quiet();
        Assert.Empty(heard.Messages);

        station.Clock.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(evaluators[0].Feed(Samples(("a", Noon.AddSeconds(20), 96))), evaluators[1].Feed(Samples(("a", Noon.AddSeconds(20), 96))));
        await station.Quiet();
        await evaluators[0].Feed(Samples(("a", Noon.AddSeconds(30), 97)));
        await station.Quiet();
        await Await.Until(() => Task.FromResult(Said(heard).Count), count => count > 0, "the new value is told");

        var said = Assert.Single(Said(heard));
        Assert.Equal(("measured", 96d, JsonValueKind.Null),
            (said.GetProperty("change").GetString(), said.GetProperty("value").GetDouble(), said.GetProperty("by").ValueKind));
        Assert.Empty(station.Traffic.Faults);
    }

    static List<JsonElement> Said(AmqpSubscriber heard) =>
        [.. heard.Messages.DistinctBy(message => message.MessageId).Select(message => message.Message)];

    static async Task<Guid> Raise(Station station, WebApplication evaluator)
    {
        await evaluator.Feed(Samples(("a", Noon, 99)));
        await station.Alerts.UntilRaised(1);
        return station.Alerts.Raised.Single().AlertId;
    }

    static AcknowledgeAlert Ack(Guid alert, string by) => new() { CommandId = Guid.NewGuid(), AlertId = alert, By = by, Comment = "I look at it" };

    static CloseAlert Close(Guid alert) => new() { CommandId = Guid.NewGuid(), AlertId = alert, By = "Rui", Comment = "known" };

    async Task<Station> Watched()
    {
        var station = await Station.Create(output);
        foreach (var (name, value) in ((string, string)[])[("Name", "load"), ("Kind", "threshold"), ("Source", "metrics"), ("GroupBy", "host"),
            ("Limit", "90")])
            station.Settings[$"Evaluator:Rules:0:{name}"] = value;
        return station;
    }
}
