using Microsoft.AspNetCore.Builder;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Conditions.News;

namespace Sigma.IntegrationTests.Conditions;

public sealed class Silent_agents(ITestOutputHelper output)
{
    [Fact]
    public async Task Are_raised_after_their_time_and_cleared_when_they_are_heard_again()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();

        await evaluator.Feed(Beats(Noon, "a", "b"));
        await station.Quiet();
        await evaluator.Feed(Intake(Noon, Noon.AddSeconds(40)));
        await station.Quiet();
        await evaluator.Feed(Beats(Noon.AddSeconds(50), "b"));
        await station.Quiet();
        await evaluator.Feed(Intake(Noon.AddSeconds(40), Noon.AddSeconds(80)));
        await station.Alerts.UntilRaised(1);

        var raised = station.Alerts.Raised.Single();
        Assert.Equal("a", raised.Label("host"));
        Assert.Equal("absence", raised.Message.GetProperty("kind").GetString());
        Assert.Equal("a is silent", raised.Message.GetProperty("summary").GetString());
        Assert.Equal(80, raised.Message.GetProperty("value").GetDouble());
        Assert.Equal(60, raised.Message.GetProperty("limit").GetDouble());
        Assert.Equal(Noon, raised.Message.GetProperty("since").GetDateTimeOffset());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, raised.Message.GetProperty("count").ValueKind);

        await evaluator.Feed(Beats(Noon.AddSeconds(81), "a"));
        await station.Alerts.UntilCleared(1);
        Assert.Equal("heard-again", station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task Are_none_while_nobody_took_in_news_and_the_one_that_truly_is_silent_is_found_a_minute_after()
    {
        await using var station = await Watched();
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await evaluators[0].Feed(Beats(Noon, "a", "b"));
        await evaluators[1].Feed(Intake(Noon, Noon.AddSeconds(10)));
        await station.Quiet();

        var back = Noon.AddHours(1);
        await evaluators[0].Feed(Intake(back, back.AddSeconds(50)));
        await station.Quiet();
        await Swept(station);
        Assert.Empty(station.Alerts.Raised);

        await evaluators[1].Feed(Beats(back.AddSeconds(30), "b"));
        await station.Quiet();
        await evaluators[0].Feed(Intake(back.AddSeconds(50), back.AddSeconds(60)));
        await station.Alerts.UntilRaised(1);
        await Swept(station);
        Assert.Equal(["a"], station.Alerts.Raised.Select(alert => alert.Label("host")));
    }

    [Fact]
    public async Task Are_none_while_news_of_them_is_still_on_its_way()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Beats(Noon, "a"));
        await station.Quiet();

        // The gateway says that it has published a batch in this minute, which comes late.
        await evaluator.Feed(Intake(Noon, Noon.AddSeconds(90), batches: 1));
        await station.Quiet();
        await Swept(station);
        Assert.Empty(station.Alerts.Raised);

        await evaluator.Feed(Beats(new IntakePart("gateway-1", Noon, 1), Beat("a", Noon.AddSeconds(45))));
        await station.Quiet();
        await Swept(station);
        Assert.Empty(station.Alerts.Raised);
        Assert.Equal(Noon.AddSeconds(90).ToUnixTimeMilliseconds(),
            await station.Count("select max(covered_to) from evaluator_coverage where source = '(intake)'"));
        Assert.Equal(0, await station.Count("select (select count(*) from evaluator_intake) + (select count(*) from evaluator_intake_parts)"));
    }

    [Fact]
    public async Task Are_raised_at_once_when_they_say_themselves_that_they_fail()
    {
        await using var station = await Watched();
        station.Settings["Evaluator:Rules:0:Summary"] = null;
        var evaluator = await station.StartEvaluator();

        await evaluator.Feed(Beats(null, Beat("backup", Noon, fails: true, text: "disk full")));
        await station.Alerts.UntilRaised(1);
        Assert.Equal("disk full", station.Alerts.Raised.Single().Message.GetProperty("summary").GetString());

        await evaluator.Feed(Beats(Noon.AddSeconds(5), "backup"));
        await station.Alerts.UntilCleared(1);
    }

    [Fact]
    public async Task Are_cleared_by_what_an_evaluator_that_was_away_finds_at_its_start()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Beats(Noon, "a"));
        await station.Quiet();
        await evaluator.Feed(Intake(Noon, Noon.AddSeconds(80)));
        await station.Alerts.UntilRaised(1);
        await station.Stop(evaluator);

        station.Settings["Evaluator:Rules:0:After"] = "00:05:00";
        await station.StartEvaluator();

        await station.Alerts.UntilCleared(1);
    }

    [Fact]
    public async Task An_odd_batch_ends_in_the_error_queue_with_its_reason()
    {
        await using var station = await Watched();
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Beats(null, Beat("a", default)));
        await Await.Until(() => Task.FromResult(station.Traffic.Faults.Count), faults => faults > 0, "the batch is refused");
        Assert.Contains("number 0 of its beats has a time that is not between", string.Join('\n', station.Traffic.Faults));
    }

    /// <summary>The sweep has looked at what is covered now, and what it hinted at is done.</summary>
    static async Task Swept(Station station)
    {
        await station.Turns<DueSweep>(2);
        await station.Quiet();
    }

    async Task<Station> Watched()
    {
        var station = await Station.Create(output);
        station.WithoutFaults("a hint that is lost is sent again a minute of covered time later, and the test covers no more");
        station.Settings["Evaluator:Rules:0:Name"] = "silent-agent";
        station.Settings["Evaluator:Rules:0:Kind"] = "absence";
        station.Settings["Evaluator:Rules:0:Source"] = "agents";
        station.Settings["Evaluator:Rules:0:GroupBy"] = "host";
        station.Settings["Evaluator:Rules:0:After"] = "00:01:00";
        station.Settings["Evaluator:Rules:0:Summary"] = "{host} is silent";
        return station;
    }
}
