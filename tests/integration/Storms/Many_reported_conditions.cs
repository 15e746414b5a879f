using System.Diagnostics;
using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Storms;

/// <summary>What a large Alertmanager's worth of webhooks costs: all are raised once, and saying it again costs no decision.</summary>
public sealed class Many_reported_conditions(ITestOutputHelper output)
{
    const int Conditions = 3_000, PerBatch = 100;
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Are_raised_once_repeated_at_little_cost_and_cleared()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("how long it takes is the subject");
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());

        var raising = Stopwatch.GetTimestamp();
        await Told(ConditionState.Firing, 0);
        await Await.Until(() => station.Count("select count(*) from sigma_cloud_events_tracker_triggers"), raised => raised == Conditions,
            "all are raised", TimeSpan.FromMinutes(2));
        output.WriteLine($"{Conditions / Stopwatch.GetElapsedTime(raising).TotalSeconds:#,0} a second are raised");
        await station.Quiet();
        station.Clock.Advance(TimeSpan.FromMinutes(2)); // nobody was told anything for a while

        var (repeating, received) = (Stopwatch.GetTimestamp(), station.Traffic.Received);
        await Told(ConditionState.Firing, 1);
        await Reported(1);
        var rate = Conditions / Stopwatch.GetElapsedTime(repeating).TotalSeconds;
        output.WriteLine($"{rate:#,0} a second are repeated");
        await station.Quiet();
        Assert.True(rate > 500, $"{rate:0} conditions a second are repeated.");
        Assert.Equal(Conditions / PerBatch, station.Traffic.Received - received); // the batches, and no hint for any of them

        await Told(ConditionState.Resolved, 2);
        await Await.Until(() => station.Count("select count(*) from sigma_cloud_events_tracker_triggers"), raised => raised == 0, "all are cleared",
            TimeSpan.FromMinutes(2));
        await station.Quiet();
        Assert.Equal((Conditions, Conditions), (station.Alerts.Raised.Count, station.Alerts.Cleared.Count));
        Assert.Empty(station.Traffic.Faults);

        Task Told(ConditionState state, int minute) => Task.WhenAll(Enumerable.Range(0, Conditions).Chunk(PerBatch)
            .Select((some, number) => evaluators[number % 2].Feed(Batch(some, state, Noon.AddMinutes(minute)))));

        Task Reported(int minute) => Await.Until(() => station.Count("select count(*) from evaluator_reported where reported_at >= @at",
            new { at = Noon.AddMinutes(minute).ToUnixTimeMilliseconds() }), stored => stored == Conditions, "all are stored",
            TimeSpan.FromMinutes(2));
    }

    static ConditionReported Batch(int[] numbers, ConditionState state, DateTimeOffset at) => new()
    {
        BatchId = Guid.NewGuid(), Source = "alertmanager",
        Conditions = [.. numbers.Select(number => new ReportedCondition
        {
            ExternalId = $"{number:x16}", State = state, ReportedAt = at, Severity = "critical", Title = $"Instance {number} is down",
            Labels = new Dictionary<string, string>
            {
                ["alertname"] = "InstanceDown", ["instance"] = $"host-{number}:9100", ["job"] = "node", ["severity"] = "critical",
            },
        })],
    };
}
