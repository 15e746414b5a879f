using System.Diagnostics;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Conditions.News;

namespace Sigma.IntegrationTests.Conditions;

public sealed class Values_beyond_a_limit(ITestOutputHelper output)
{
    [Fact]
    public async Task Are_told_of_within_a_second_or_two_of_their_arrival()
    {
        await using var station = await Watched();
        station.WithoutFaults("how long it takes is the subject");
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await evaluators[0].Feed(Samples(("first", Noon, 95)));
        await station.Alerts.UntilRaised(1);
        await station.Quiet(); // the code is compiled, as in a service that has run for a while

        var began = Stopwatch.GetTimestamp();
        await evaluators[1].Feed(Samples(("a", Noon, 95)));
        await station.Alerts.UntilRaised(2);
        var (raised, again) = (Stopwatch.GetElapsedTime(began), Stopwatch.GetTimestamp());
        await evaluators[0].Feed(Samples(("a", Noon.AddSeconds(1), 10)));
        await station.Alerts.UntilCleared(1);
        var cleared = Stopwatch.GetElapsedTime(again);

        output.WriteLine($"Raised after {raised.TotalMilliseconds:0} ms, cleared after {cleared.TotalMilliseconds:0} ms");
        Assert.True(raised < TimeSpan.FromSeconds(2) && cleared < TimeSpan.FromSeconds(2), $"It took {raised} and {cleared}.");
    }

    [Fact]
    public async Task Are_raised_when_they_last_and_cleared_when_they_are_well_back()
    {
        await using var station = await Watched(("For", "00:01:00"), ("RecoveryLimit", "80"));
        var evaluator = await station.StartEvaluator();

        await evaluator.Feed(Samples(("a", Noon, 95), ("b", Noon, 95), ("b", Noon.AddSeconds(30), 20)));
        await station.Quiet();
        await evaluator.Feed(Samples(("a", Noon.AddSeconds(60), 97.5), ("b", Noon.AddSeconds(60), 99)));
        await station.Alerts.UntilRaised(1);
        await station.Quiet();
        var raised = station.Alerts.Raised.Single();
        Assert.Equal("a", raised.Label("host"));
        Assert.Equal((97.5, 90, "%"), (raised.Message.GetProperty("value").GetDouble(), raised.Message.GetProperty("limit").GetDouble(),
            raised.Message.GetProperty("unit").GetString()));

        await evaluator.Feed(Samples(("a", Noon.AddSeconds(90), 85)));
        await station.Quiet();
        Assert.Empty(station.Alerts.Cleared); // not beyond the recovery limit

        await evaluator.Feed(Samples(("a", Noon.AddSeconds(120), 79)));
        await station.Alerts.UntilCleared(1);
        Assert.Equal("value-normal", station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());
        Assert.Equal(79, station.Alerts.Cleared.Single().Message.GetProperty("value").GetDouble());
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task That_are_normal_again_before_anybody_looks_are_raised_and_cleared()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();

        await evaluator.Feed(Samples(("a", Noon, 95), ("a", Noon.AddSeconds(10), 20), ("b", Noon, 20)));
        await station.Alerts.UntilCleared(1);

        var raised = station.Alerts.Raised.Single();
        Assert.Equal(("a", 95, Noon), (raised.Label("host"), raised.Message.GetProperty("value").GetDouble(),
            raised.Message.GetProperty("since").GetDateTimeOffset()));
        Assert.Equal(20, station.Alerts.Cleared.Single().Message.GetProperty("value").GetDouble());
        await NothingIsKept(station);
    }

    [Fact]
    public async Task That_are_normal_again_are_not_raised_anew()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Samples(("a", Noon, 95)));
        await station.Alerts.UntilRaised(1);

        await evaluator.Feed(Samples(("a", Noon.AddSeconds(10), 20), ("a", Noon.AddSeconds(20), 95), ("a", Noon.AddSeconds(30), 20)));
        await station.Alerts.UntilCleared(1);

        await NothingIsKept(station);
        await station.Turns<PendingSweep>(2);
        await station.Quiet();
        Assert.Single(station.Alerts.Raised);
    }

    [Fact]
    public async Task That_a_person_has_closed_are_not_raised_when_they_are_over()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Samples(("a", Noon, 95)));
        await station.Alerts.UntilRaised(1);
        await evaluator.Feed(new CloseAlert
        {
            CommandId = Guid.NewGuid(), AlertId = station.Alerts.Raised.Single().AlertId, By = "Rui", Comment = "seen",
        });
        await station.Alerts.UntilCleared(1);

        await evaluator.Feed(Samples(("a", Noon.AddSeconds(30), 20)));
        await NothingIsKept(station);
        await station.Quiet();
        Assert.Single(station.Alerts.Raised);
    }

    [Fact]
    public async Task An_older_sample_changes_nothing()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Samples(("a", Noon.AddSeconds(-20), 99), ("a", Noon, 20)));
        await station.Alerts.UntilCleared(1);
        await evaluator.Feed(Samples(("a", Noon.AddSeconds(-10), 99), ("a", Noon, 99), ("a", Noon.AddSeconds(-5), 20)));
        await NothingIsKept(station);
        Assert.Single(station.Alerts.Raised); // what is between the two may be of the stretch that is known
    }

    [Fact]
    public async Task That_are_told_after_what_came_later_are_raised_once()
    {
        await using var station = await Watched();
        var (one, other) = (await station.StartEvaluator(), await station.StartEvaluator());
        await one.Feed(Samples(("a", Noon, 20)));
        await one.Feed(Samples(("a", Noon.AddMinutes(1), 20)));
        await station.Quiet();

        await other.Feed(Samples(("a", Noon.AddSeconds(10), 95)));
        await station.Alerts.UntilCleared(1);
        await other.Feed(Samples(("a", Noon.AddSeconds(20), 96)));
        await one.Feed(Samples(("a", Noon.AddSeconds(10), 95)));

        await NothingIsKept(station);
        await station.Quiet();
        Assert.Equal(95, station.Alerts.Raised.Single().Message.GetProperty("value").GetDouble());
    }

    [Theory, InlineData("Raise", 1, 0), InlineData("Keep", 0, 0), InlineData("Clear", 0, 0)]
    public async Task A_series_without_data_is_what_the_rule_says(string noData, int raised, int cleared)
    {
        await using var station = await Watched(("NoData", noData), ("NoDataAfter", "00:01:00"));
        station.WithoutFaults("a hint that is lost is sent again a minute of covered time later, and the test covers no more");
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Samples(("a", Noon, 20)));
        await station.Quiet();
        await evaluator.Feed(Intake(Noon, Noon.AddSeconds(90)));
        await station.Quiet();
        await station.Turns<DueSweep>(2);
        await station.Quiet();
        Assert.Equal((raised, cleared), (station.Alerts.Raised.Count, station.Alerts.Cleared.Count));

        await evaluator.Feed(Samples(("a", Noon.AddSeconds(91), 20)));
        await station.Quiet();
        Assert.Equal(raised, station.Alerts.Cleared.Count);
    }

    [Fact]
    public async Task An_alert_without_data_ends_where_the_rule_says_so()
    {
        await using var station = await Watched(("NoData", "Clear"), ("NoDataAfter", "00:01:00"));
        station.WithoutFaults("a hint that is lost is sent again a minute of covered time later, and the test covers no more");
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Samples(("a", Noon, 99)));
        await station.Alerts.UntilRaised(1);
        await evaluator.Feed(Intake(Noon, Noon.AddSeconds(90)));
        await station.Alerts.UntilCleared(1);
        Assert.Equal("no-data", station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());
    }

    [Theory, InlineData("98", "value-normal"), InlineData(null, "rule-removed")]
    public async Task Are_judged_by_the_rule_as_it_is_now_when_an_evaluator_starts(string? limit, string reason)
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Samples(("a", Noon, 95)));
        await station.Alerts.UntilRaised(1);
        await station.Stop(evaluator);

        station.Settings["Evaluator:Rules:0:Limit"] = limit;
        if (limit is null)
            foreach (var setting in station.Settings.Keys.Where(key => key.StartsWith("Evaluator:Rules", StringComparison.Ordinal)).ToList())
                station.Settings.Remove(setting);
        evaluator = await station.StartEvaluator();
        if (limit is not null)
            await evaluator.Feed(Samples(("a", Noon.AddMinutes(1), 95))); // what was beyond the limit is not beyond this one

        await station.Alerts.UntilCleared(1);
        Assert.Equal(reason, station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());
    }

    static async Task NothingIsKept(Station station)
    {
        await station.Quiet();
        await Await.Until(() => station.Count("select count(*) from evaluator_pending"), kept => kept == 0, "all that was wrong is judged");
    }

    async Task<Station> Watched(params (string Name, string Value)[] others)
    {
        var station = await Station.Create(output);
        foreach (var (name, value) in ((string, string)[])[("Name", "load"), ("Kind", "threshold"), ("Source", "metrics"), ("Series", "load"),
            ("GroupBy", "host"), ("Limit", "90"), ("Unit", "%"), .. others])
            station.Settings[$"Evaluator:Rules:0:{name}"] = value;
        return station;
    }
}
