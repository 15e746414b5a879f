using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Conditions.News;

namespace Sigma.IntegrationTests.Conditions;

public sealed class Alerts_of_other_systems(ITestOutputHelper output)
{
    [Fact]
    public async Task Are_raised_by_the_first_that_fires_and_cleared_when_all_are_resolved()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(News.Conditions(Condition("1", "a", ConditionState.Firing, Noon), Condition("2", "a", ConditionState.Firing, Noon)));
        await station.Alerts.UntilRaised(1);
        await station.Quiet();
        var raised = station.Alerts.Raised.Single();
        Assert.EndsWith("is wrong", raised.Message.GetProperty("summary").GetString());
        Assert.StartsWith("https://grafana.example.org/", raised.Message.GetProperty("url").GetString());

        await evaluator.Feed(News.Conditions(Condition("1", "a", ConditionState.Resolved, Noon.AddMinutes(1))));
        await evaluator.Feed(News.Conditions(Condition("2", "a", ConditionState.Firing, Noon.AddMinutes(-1)))); // older than what is known
        await station.Quiet();
        Assert.Empty(station.Alerts.Cleared);

        await evaluator.Feed(News.Conditions(Condition("2", "a", ConditionState.Resolved, Noon.AddMinutes(2))));
        await station.Alerts.UntilCleared(1);
        Assert.Equal("resolved", station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task That_are_resolved_before_anybody_looks_are_raised_and_cleared()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();

        await evaluator.Feed(News.Conditions(Condition("1", "a", ConditionState.Resolved, Noon.AddMinutes(1)),
            Condition("1", "a", ConditionState.Firing, Noon), Condition("2", "b", ConditionState.Resolved, Noon)));
        await station.Alerts.UntilCleared(1);

        var raised = station.Alerts.Raised.Single();
        Assert.Equal(("a", "1 is wrong", Noon), (raised.Label("host"), raised.Message.GetProperty("summary").GetString(),
            raised.Message.GetProperty("since").GetDateTimeOffset()));
        Assert.Equal("resolved", station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());
        await station.Quiet();
        Assert.Equal(0, await station.Count("select count(*) from evaluator_pending"));
    }

    [Fact]
    public async Task That_are_told_after_their_end_are_raised_once()
    {
        await using var station = await Watched();
        var (one, other) = (await station.StartEvaluator(), await station.StartEvaluator());
        await one.Feed(News.Conditions(Condition("1", "a", ConditionState.Resolved, Noon.AddMinutes(1))));
        await station.Quiet();

        await other.Feed(News.Conditions(Condition("1", "a", ConditionState.Firing, Noon)));
        await station.Alerts.UntilCleared(1);
        await other.Feed(News.Conditions(Condition("1", "a", ConditionState.Firing, Noon.AddSeconds(10))));
        await one.Feed(News.Conditions(Condition("1", "a", ConditionState.Firing, Noon)));

        await station.Quiet();
        Assert.Equal(0, await station.Count("select count(*) from evaluator_pending"));
        Assert.Single(station.Alerts.Raised);
    }

    [Fact]
    public async Task Are_over_when_their_lease_has_run_out_in_time_in_which_it_would_have_been_renewed()
    {
        await using var station = await Watched();
        station.WithoutFaults("a hint that is lost is sent again a minute of covered time later, and the test covers no more");
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(News.Conditions(Condition("1", "a", ConditionState.Firing, Noon, TimeSpan.FromMinutes(4))));
        await station.Alerts.UntilRaised(1);

        // Nobody took in news from the second to the tenth minute.
        await evaluator.Feed(Intake(Noon, Noon.AddMinutes(2)), Intake(Noon.AddMinutes(10), Noon.AddMinutes(13)));
        await station.Quiet();
        await station.Turns<Sigma.Evaluator.Conditions.DueSweep>(2);
        await station.Quiet();
        Assert.Empty(station.Alerts.Cleared);

        await evaluator.Feed(Intake(Noon.AddMinutes(13), Noon.AddMinutes(16)));
        await Await.Until(() => Task.FromResult(station.Alerts.Cleared.Count), cleared => cleared == 1, "the alert has ended",
            TimeSpan.FromSeconds(150));
        Assert.Equal("expired", station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());
    }

    async Task<Station> Watched()
    {
        var station = await Station.Create(output);
        foreach (var (name, value) in ((string, string)[])[("Name", "grafana"), ("Kind", "external"), ("Source", "grafana"), ("GroupBy", "host")])
            station.Settings[$"Evaluator:Rules:0:{name}"] = value;
        return station;
    }
}
