using Sigma.Evaluator.Conditions;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Conditions.News;

namespace Sigma.IntegrationTests.Conditions;

public sealed class Values_beyond_a_limit(ITestOutputHelper output)
{
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
    public async Task An_older_sample_changes_nothing()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Samples(("a", Noon, 20)));
        await station.Quiet();
        await evaluator.Feed(Samples(("a", Noon.AddSeconds(-10), 99), ("a", Noon, 99)));
        await station.Quiet();
        Assert.Empty(station.Alerts.Raised);
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

    async Task<Station> Watched(params (string Name, string Value)[] others)
    {
        var station = await Station.Create(output);
        foreach (var (name, value) in ((string, string)[])[("Name", "load"), ("Kind", "threshold"), ("Source", "metrics"), ("Series", "load"),
            ("GroupBy", "host"), ("Limit", "90"), ("Unit", "%"), .. others])
            station.Settings[$"Evaluator:Rules:0:{name}"] = value;
        return station;
    }
}
