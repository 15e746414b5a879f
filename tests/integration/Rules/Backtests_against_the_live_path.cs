using Microsoft.Extensions.DependencyInjection;
using Sigma.Evaluator.Backtests;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Rules;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Rules;

public sealed class Backtests_against_the_live_path(ITestOutputHelper output)
{
    static readonly TimeSpan Step = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(1, "5", "00:00:00"), InlineData(2, "2", "00:00:00"), InlineData(3, "3", "00:03:30")]
    public async Task The_same_events_both_ways_are_the_same_alerts(int seed, string clearBelow, string keepFor)
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("at which step an alert is cleared is compared");
        station.Settings["Evaluator:Rules:0:Name"] = "rule";
        station.Settings["Evaluator:Rules:0:GroupBy"] = "account";
        station.Settings["Evaluator:Rules:0:Window"] = $"{RandomStream.Window}";
        station.Settings["Evaluator:Rules:0:Threshold"] = $"{RandomStream.Threshold}";
        station.Settings["Evaluator:Rules:0:ClearBelow"] = clearBelow;
        station.Settings["Evaluator:Rules:0:KeepFor"] = keepFor;
        station.Settings["Evaluator:KeepEvents"] = "2.00:00:00";
        var evaluator = await station.StartEvaluator();
        RandomStream stream = new(seed);

        List<string> live = [];
        Dictionary<Guid, (string Account, DateTimeOffset At)> raised = [];
        HashSet<Guid> cleared = [];
        await station.Feed(evaluator, Slice(Noon.AddHours(-1), Noon, []));
        for (var from = Noon; from < Noon.AddMinutes(RandomStream.Minutes + 30); from += Step)
        {
            var to = from + Step;
            var inside = stream.Events.Where(e => e.OccurredAt >= from && e.OccurredAt < to).ToList();
            // All that is raised is, before the time is covered: an alert can be over by then.
            await station.Feed(evaluator, Slice(from, to, inside, 1, 2, [.. stream.ExcusedEarly]));
            await station.Feed(evaluator, Slice(from, to, [], 2, 2));
            foreach (var alert in station.Alerts.Raised)
                raised.TryAdd(alert.AlertId, (alert.Label("account"), to));
            foreach (var alert in station.Alerts.Cleared.Where(alert => cleared.Add(alert.AlertId)))
                live.Add(Line(raised[alert.AlertId].Account, raised[alert.AlertId].At, to));
        }

        var rules = evaluator.Services.GetRequiredService<RuleSet>();
        var result = await new Backtest(station.Database, rules, Step).Run(rules.All[0], Noon.AddHours(-2), null, CancellationToken.None);

        Assert.NotEmpty(live);
        Assert.Equal(live.Order(), result.Alerts.Select(alert => Line(alert.Labels["account"], EndOfStep(alert.RaisedAt), alert.ClearedAt)).Order());
    }

    [Theory]
    [InlineData(1, "00:00:00", "12:21-12:45"), InlineData(2, "00:04:00", null), InlineData(3, "00:02:00", "12:13-12:35")]
    public async Task So_they_are_with_hours_and_a_time_that_it_must_last(int seed, string @for, string? hours)
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("at which step an alert is raised is compared");
        station.Settings["Evaluator:Rules:0:Name"] = "rule";
        station.Settings["Evaluator:Rules:0:GroupBy"] = "account";
        station.Settings["Evaluator:Rules:0:Window"] = $"{RandomStream.Window}";
        station.Settings["Evaluator:Rules:0:Threshold"] = $"{RandomStream.Threshold}";
        station.Settings["Evaluator:Rules:0:For"] = @for;
        if (hours is not null)
            station.Settings["Evaluator:Rules:0:Hours:0"] = $"{hours} UTC";
        station.Settings["Evaluator:KeepEvents"] = "2.00:00:00";
        station.Set(Noon);
        var evaluator = await station.StartEvaluator();
        var sweep = ActivatorUtilities.CreateInstance<PendingSweep>(evaluator.Services);
        // Nothing happens in the first minute of a step: the clock goes on a little while the step before it is judged.
        var events = new RandomStream(seed).Events.ConvertAll(e => e with { OccurredAt = Noon + InSecondHalf(e.OccurredAt - Noon) });

        List<string> live = [];
        Dictionary<Guid, (string Account, DateTimeOffset At)> raised = [];
        HashSet<Guid> cleared = [];
        await station.Feed(evaluator, Slice(Noon.AddHours(-1), Noon, []));
        for (var from = Noon; from < Noon.AddMinutes(RandomStream.Minutes + 30); from += Step)
        {
            var to = from + Step;
            station.Set(to);
            await station.Feed(evaluator, Slice(from, to, events.Where(e => e.OccurredAt >= from && e.OccurredAt < to), 1, 2));
            await sweep.Run(CancellationToken.None);
            await station.Quiet();
            await station.Feed(evaluator, Slice(from, to, [], 2, 2));
            foreach (var alert in station.Alerts.Raised)
                raised.TryAdd(alert.AlertId, (alert.Label("account"), to));
            foreach (var alert in station.Alerts.Cleared.Where(alert => cleared.Add(alert.AlertId)))
                live.Add(Line(raised[alert.AlertId].Account, raised[alert.AlertId].At, to));
        }

        var rules = evaluator.Services.GetRequiredService<RuleSet>();
        var result = await new Backtest(station.Database, rules, Step).Run(rules.All[0], Noon.AddHours(-2), null, CancellationToken.None);

        Assert.NotEmpty(live);
        Assert.Equal(live.Order(), result.Alerts.Select(alert => Line(alert.Labels["account"], EndOfStep(alert.RaisedAt), alert.ClearedAt)).Order());
        Assert.Equal(0, await station.Count("select count(*) from evaluator_pending"));
        Assert.Empty(station.Traffic.Faults);
    }

    static TimeSpan InSecondHalf(TimeSpan time) => Math.Floor(time / Step) * Step + Step / 2 + (time - Math.Floor(time / Step) * Step) / 2;

    static DateTimeOffset EndOfStep(DateTimeOffset time) => Noon + (Math.Floor((time - Noon) / Step) + 1) * Step;

    static string Line(string account, DateTimeOffset raised, DateTimeOffset? cleared) => $"{account} {raised:HH:mm} to {cleared:HH:mm}";
}
