using System.Net;
using System.Text;
using System.Text.Json;
using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Poison;

public sealed class Messages_that_cannot_be_processed(ITestOutputHelper output)
{
    const string Batches = EvaluatorQueues.EventBatches + "_error";
    const string Alerts = NotifierQueues.Alerts + "_error";
    const string Excuses = EvaluatorQueues.OccurrencesExcused + "_error";

    [Fact]
    public async Task End_in_the_evaluators_error_queue_with_reason_and_stack_and_the_others_go_on()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await using var sender = await Sender.Open(station.Broker);
        var right = Slice(Noon, Noon.AddMinutes(1), []);
        var nested = new { EventId = "1", OccurredAt = Noon, Labels = new Dictionary<string, object> { ["account"] = new { } } };
        Dictionary<string, string> expected = new()
        {
            [await sender.PublishText("EventBatch", "this is not JSON")] = "invalid",
            [await sender.PublishText("EventBatch", "neither is this", contentType: null)] = "invalid",
            [await sender.PublishText("EventBatch", """{"messageType":["urn:message:Sigma.Contracts:EventBatch"],"message":{"batchId":""")] =
                "Expected",
            [await sender.Publish("EventBatch", new { right.BatchId, right.Source, right.SliceFrom, right.SliceTo, right.Part, right.Parts })] =
                "missing required properties",
            [await sender.Publish("EventBatch",
                new { right.BatchId, right.Source, right.SliceFrom, right.SliceTo, right.Part, right.Parts, Events = "none" })] =
                "could not be converted",
            [await sender.Publish("EventBatch", right with { Events = null! })] = "its list of events is missing",
            [await sender.Publish("EventBatch", right with { Source = new string('s', 65) })] = "its source is longer than 64",
            [await sender.Publish("EventBatch", right with { SliceTo = Noon.AddMinutes(-1) })] = "its slice ends before it begins",
            [await sender.Publish("EventBatch", right with { SliceFrom = DateTimeOffset.MinValue })] = "its slice is not between 2000 and 2200",
            [await sender.Publish("EventBatch", right with { SliceTo = DateTimeOffset.MaxValue })] = "its slice is not between 2000 and 2200",
            [await sender.Publish("EventBatch", right with { Part = 2 })] = "its part is not one of",
            [await sender.Publish("EventBatch", right with { ExcusedOccurrenceIds = null! })] = "its list of excused occurrences is missing",
            [await sender.Publish("EventBatch", right with { Events = [.. Enumerable.Range(0, 10_001).Select(i => Event($"{i}", Noon))] })] =
                "it has 10,001 events, more than 10,000",
            // Refused before it is read
            [await sender.PublishText("EventBatch", new string('{', 5 << 20))] = "The message has 5,242,880 bytes; at most 4,194,304 are taken.",
            [await sender.Publish("EventBatch",
                new { right.BatchId, right.Source, right.SliceFrom, right.SliceTo, right.Part, right.Parts, Events = new[] { nested } })] =
                "Cannot get the value",
        };
        var excuse = await sender.Publish("OccurrencesExcused", new OccurrencesExcused { Source = "segware", OccurrenceIds = null! });
        await evaluator.Feed([Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon))]);

        await station.Alerts.UntilRaised(1);
        using var shell = new Shell(station);
        var shown = await Shown(station, shell, Batches, expected.Count);
        await Await.Until(() => station.Health(evaluator), seen => seen.Status == HttpStatusCode.OK, "the evaluator says that all is well");
        Assert.Equal(20, await station.Count("select count(*) from evaluator_events"));

        Assert.All(shown, message =>
        {
            Assert.Contains(expected[message.GetProperty("id").GetString()!], message.GetProperty("reason").GetString());
            Assert.Contains("at ", message.GetProperty("stack").GetString());
            Assert.InRange(message.GetProperty("at").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddMinutes(-5),
                TimeProvider.System.GetUtcNow().AddSeconds(1));
        });
        Assert.Equal(excuse, Assert.Single(await Shown(station, shell, Excuses, 1)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Take_no_neighbour_along_when_it_is_one_event_of_a_batch_that_cannot()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await using var sender = await Sender.Open(station.Broker);
        Dictionary<string, MonitoredEvent?> odd = new()
        {
            ["is missing"] = null,
            ["has no id"] = Event("", Noon),
            ["an id that is longer than 128"] = Event(new string('x', 129), Noon),
            ["an occurrence id that is longer than 255"] = Event("occurrence", Noon, occurrence: new string('4', 256)),
            ["has no labels"] = Event("unlabelled", Noon) with { Labels = null! },
            ["more than 32 labels"] = Event("labelled", Noon) with { Labels = Enumerable.Range(0, 33).ToDictionary(i => $"l{i}", i => "x") },
            ["a label without a value"] = Event("half", Noon) with
                { Labels = new Dictionary<string, string> { ["account"] = "4711", ["cuc"] = null! } },
            ["labels that are longer than 1000"] = Event("long", Noon, account: new string('1', 2_000)),
            ["labels that are longer than 1000 "] = Event("written long", Noon, account: new string('"', 200)),
            ["a time that is not between 2000 and 2200"] = Event("first", DateTimeOffset.MinValue),
            ["a time that is not between 2000 and 2200 "] = Event("last", DateTimeOffset.MaxValue),
        };
        await evaluator.Feed([Slice(Noon.AddHours(-2), Noon, [])]);

        var batch = Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon));
        await sender.Publish("EventBatch",
            batch with
                { Events = [.. batch.Events.Take(10), .. odd.Values.Select(e => e!), .. batch.Events.Skip(10)],
                    ExcusedOccurrenceIds = [null!, "7"] });

        await station.Alerts.UntilRaised(1);
        Assert.Equal(20, await station.Count("select count(*) from evaluator_events"));
        Assert.Equal(1, await station.Count($"select count(*) from evaluator_parts where slice_from = {Noon.ToUnixTimeMilliseconds()}"));
        Assert.Equal(0u, await station.Mailbox.Waiting(Batches));
        foreach (var reason in odd.Keys)
            Assert.InRange(await station.Count($"select count(*) from evaluator_odd_events where reason like '%{reason.Trim()}%'"), 1, 2);
        Assert.Equal(odd.Count, await station.Count("select count(*) from evaluator_odd_events"));
    }

    [Fact]
    public async Task End_in_the_notifiers_error_queue_with_reason_and_stack_and_the_others_go_on()
    {
        await using var station = await Station.Create(output);
        await station.StartSimulator();
        var notifier = await station.StartNotifier();
        await using var sender = await Sender.Open(station.Broker);
        var right = Alert("100");
        Dictionary<string, string> expected = new()
        {
            [await sender.Publish("AlertRaised", right with { Rule = new string('r', 101) })] = "its rule is longer than 100 characters",
            [await sender.Publish("AlertRaised", right with { Labels = null! })] = "its labels are missing",
            [await sender.Publish("AlertRaised", right with { AlertId = Guid.Empty })] = "its id is empty",
            [await sender.Publish("AlertRaised", right with { Source = null! })] = "its source is missing",
            [await sender.Publish("AlertRaised", right with { Count = 0 })] = "is below 1",
            [await sender.Publish("AlertRaised", right with { RaisedAt = DateTimeOffset.MinValue })] = "its RaisedAt of 0001",
            [await sender.Publish("AlertRaised", right with { Labels = new Dictionary<string, string> { ["account"] = new('1', 1_001) } })] =
                "its labels are longer than 1000",
            [await sender.Publish("AlertRaised", new { right.AlertId, Count = "many" })] = "",
            [await sender.PublishText("AlertCleared", "<xml/>")] = "invalid",
        };
        await sender.Publish("AlertRaised", right);

        using var shell = new Shell(station);
        var shown = await Shown(station, shell, Alerts, expected.Count);
        await Await.Until(() => station.Count("select count(*) from sigma_cloud_events_tracker_registers"), rows => rows == 1,
            "the alert among them is written down");
        await Await.Until(() => station.Health(notifier), seen => seen.Status == HttpStatusCode.OK, "the notifier says that all is well");

        Assert.All(shown, message =>
        {
            Assert.Contains(expected[message.GetProperty("id").GetString()!], message.GetProperty("reason").GetString());
            Assert.Contains("at ", message.GetProperty("stack").GetString());
        });
    }

    [Fact]
    public async Task Do_not_stop_a_queue_by_a_reason_that_is_longer_than_a_frame()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("a message that comes again is in the error queue twice, and these have no id");
        await station.Start("wordy", service => service.Consumers(bus => bus.AddConsumer<WordyConsumer, WordyConsumerDefinition>()));
        await using var sender = await Sender.Open(station.Broker);

        foreach (var length in (int[])[300_000, 300_000, 10])
            await sender.Send("test.wordy",
                $$$"""{"messageType":["urn:message:Sigma.IntegrationTests.Poison:Wordy"],"message":{"length":{{{length}}}}}""");

        await Await.Until(() => station.Mailbox.Waiting("test.wordy_error"), waiting => waiting == 3, "all three are in the error queue");
        List<string> reasons = [];
        while (await sender.Channel.BasicGetAsync("test.wordy_error", autoAck: true) is { } got)
            reasons.Add(Encoding.UTF8.GetString((byte[])got.BasicProperties.Headers!["MT-Fault-Message"]!));
        Assert.Equal([10, 2_048, 2_048], reasons.Select(reason => reason.Length).Order());
    }

    /// <summary>
    /// Waits until so many messages are in an error queue. One whose acknowledgement was lost came again and is in it twice: it counts once.
    /// </summary>
    static async Task<List<JsonElement>> Shown(Station station, Shell shell, string queue, int messages)
    {
        var exitCode = -1;
        var shown = new List<JsonElement>();
        await Await.Until(async () =>
        {
            (exitCode, var lines) = await shell.Json("errors", "show", queue, "--limit", "100");
            shown = [.. station.Faults is null ? lines : lines.DistinctBy(line => line.GetProperty("id").GetString())];
            return shown.Count;
        }, seen => seen == messages, $"{messages} messages are in {queue}");
        Assert.Equal(0, exitCode);
        return shown;
    }

    internal static AlertRaised Alert(string account) => new()
    {
        AlertId = Guid.NewGuid(), Rule = "excess-of-events", Severity = "warning", Source = "segware",
        Labels = new Dictionary<string, string> { ["account"] = account, ["cuc"] = "ALR", ["code"] = "E130" },
        Count = 20, Threshold = 20, WindowFrom = Noon.AddHours(-2), WindowTo = Noon, FirstEventAt = Noon.AddHours(-1), LastEventAt = Noon,
        RaisedAt = TimeProvider.System.GetUtcNow(),
    };
}

/// <summary>Fails with a reason of this many characters.</summary>
public sealed record Wordy(int Length);

internal sealed class WordyConsumer : IConsumer<Wordy>
{
    public Task Consume(ConsumeContext<Wordy> context) => throw new InvalidDataException(new string('x', context.Message.Length));
}

internal sealed class WordyConsumerDefinition : ConsumerDefinition<WordyConsumer>
{
    public WordyConsumerDefinition() => EndpointName = "test.wordy";
}
