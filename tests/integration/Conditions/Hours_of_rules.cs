using Sigma.Evaluator;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Rules;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using static Sigma.IntegrationTests.Conditions.News;

namespace Sigma.IntegrationTests.Conditions;

public sealed class Hours_of_rules(ITestOutputHelper output)
{
    [Fact]
    public async Task What_is_wrong_before_them_is_raised_once_when_they_begin_and_cleared_also_after_them()
    {
        await using var station = await Watched("12:30-13:00 UTC");
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());

        await Task.WhenAll(evaluators[0].Feed(Samples(("a", Noon, 99), ("b", Noon, 99))), evaluators[1].Feed(Samples(("a", Noon.AddSeconds(1), 99))));
        await evaluators[1].Feed(Samples(("b", Noon.AddSeconds(20), 10))); // normal before they begin
        await station.Quiet();
        await evaluators[0].Feed(Samples(("a", Noon.AddSeconds(30), 98)));
        await Looked(station);
        Assert.Empty(station.Alerts.Raised);

        station.Set(Noon.AddMinutes(30));
        await Looked(station);
        var raised = Assert.Single(station.Alerts.Raised);
        Assert.Equal(("a", 98d), (raised.Label("host"), raised.Message.GetProperty("value").GetDouble()));
        Assert.Equal(0, await station.Count("select count(*) from evaluator_pending"));

        station.Set(Noon.AddMinutes(90));
        await evaluators[1].Feed(Samples(("a", Noon.AddMinutes(90), 10)));
        await station.Alerts.UntilCleared(1);
        Assert.Single(station.Alerts.Raised);
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_look_that_got_lost_comes_again()
    {
        await using var station = await Watched("12:30-13:00 UTC");
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Samples(("a", Noon, 99)));
        await Looked(station);
        await station.Stop(evaluator);

        station.Set(Noon.AddMinutes(31));
        await using (var session = await station.Database.Begin(CancellationToken.None))
        {
            // One that took it, and died before it said so.
            Assert.Single(await PendingTable.TakeDue(session, station.Clock.Milliseconds(), 10, CancellationToken.None));
            await session.Commit(CancellationToken.None);
        }
        await station.StartEvaluator();
        await Looked(station);
        Assert.Empty(station.Alerts.Raised);

        station.Clock.Advance(TimeSpan.FromMinutes(2));
        await station.Alerts.UntilRaised(1);
        Assert.Empty(station.Traffic.Faults);
    }

    [Theory, InlineData("absence"), InlineData("threshold")]
    public async Task Who_waits_for_them_and_is_not_to_be_heard_for_an_outage_of_ours_is_found_silent_after_it(string kind)
    {
        await using var station = await Create();
        foreach (var (name, value) in ((string, string)[])[("Name", "rule"), ("Kind", kind), ("GroupBy", "host"), ("Hours:0", "12:30-13:00 UTC"),
            .. kind == "absence" ? ((string, string)[])[("Source", "agents"), ("After", "00:05:00")]
                : [("Source", "metrics"), ("Limit", "90"), ("NoData", "Raise"), ("NoDataAfter", "00:05:00")]])
            station.Settings[$"Evaluator:Rules:0:{name}"] = value;
        station.Set(Noon);
        var evaluator = await station.StartEvaluator();
        if (kind == "absence")
            await evaluator.Feed(Beats(Noon.AddMinutes(-10), "a"));
        else
            await evaluator.Feed(Samples(("a", Noon.AddMinutes(-10), 10)));
        await station.Quiet();
        await evaluator.Feed(Intake(Noon.AddMinutes(-15), Noon.AddMinutes(10)));
        await Await.Until(() => station.Count("select count(*) from evaluator_pending"), count => count == 1, "it waits for the hours");

        // Nobody took in news until two minutes before they begin.
        await evaluator.Feed(Intake(Noon.AddMinutes(28), Noon.AddMinutes(31)));
        await station.Quiet();
        station.Set(Noon.AddMinutes(31));
        await Await.Until(() => station.Count("select count(*) from evaluator_pending"), count => count == 0, "it was looked at");
        await station.Quiet();
        Assert.Empty(station.Alerts.Raised);

        station.Set(Noon.AddMinutes(34));
        await evaluator.Feed(Intake(Noon.AddMinutes(31), Noon.AddMinutes(34)));
        await station.Alerts.UntilRaised(1);
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_rule_whose_hours_are_changed_raises_what_waits_by_the_new_ones()
    {
        await using var station = await Create();
        station.Set(Noon);
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        RuleEdits edits = new(station.Database, new EvaluatorOptions(), station.Clock);
        await edits.Put([Load("20:00-21:00 UTC")], "Ana", null, CancellationToken.None);
        await evaluators[0].Feed(Samples(("a", Noon, 99)));
        await Looked(station);
        Assert.Equal(1, await station.Count("select count(*) from evaluator_pending"));

        await edits.Put([Load("19:00-21:00 UTC")], "Ana", null, CancellationToken.None);
        await Await.Until(() => station.Count($"select count(*) from evaluator_pending where raise_at = {At(19)} and due_at = {At(19)}"),
            count => count == 1, "it waits for the hours as they are now");
        await edits.Put([Load(null)], "Ana", null, CancellationToken.None);
        await station.Alerts.UntilRaised(1);
        await Await.Until(() => station.Count("select count(*) from evaluator_pending"), count => count == 0, "nothing waits any more");
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_rule_that_goes_leaves_nothing_that_waits()
    {
        await using var station = await Create();
        station.Set(Noon);
        var evaluator = await station.StartEvaluator();
        RuleEdits edits = new(station.Database, new EvaluatorOptions(), station.Clock);
        await edits.Put([Load("20:00-21:00 UTC")], "Ana", null, CancellationToken.None);
        await evaluator.Feed(Samples(("a", Noon, 99)));
        await Looked(station);
        await edits.Remove("load", "Ana", null, CancellationToken.None);

        station.Set(Noon.AddHours(8));
        await Await.Until(() => station.Count("select count(*) from evaluator_pending"), count => count == 0, "nothing waits any more");
        await station.Quiet();
        Assert.Empty(station.Alerts.Raised);
    }

    [Fact]
    public async Task An_excess_in_them_is_raised_whenever_it_is_fetched_and_one_that_lasts_when_they_begin()
    {
        await using var station = await Station.Create(output);
        station.Settings["Evaluator:Rules:0:Name"] = "rule";
        station.Settings["Evaluator:Rules:0:Hours:0"] = "12:30-13:00 UTC";
        station.Set(Noon.AddHours(6)); // long after them
        var evaluator = await station.StartEvaluator();

        await station.Feed(evaluator, Batches.Slice(Noon.AddHours(-2), Noon, []), Batches.Slice(Noon, Noon.AddMinutes(5), Batches.Burst(20, Noon)),
            Batches.Slice(Noon.AddMinutes(5), Noon.AddHours(1), Batches.Burst(20, Noon.AddMinutes(40), "200")),
            Batches.Slice(Noon.AddHours(1), Noon.AddHours(2), Batches.Burst(20, Noon.AddMinutes(70), "300")));

        await station.Alerts.UntilRaised(2);
        await Looked(station);
        // That of the first account lasted when they began, and that of the third began after they ended.
        Assert.Equal(["100", "200"], station.Alerts.Raised.Select(alert => alert.Label("account")).Order());
        Assert.Empty(station.Traffic.Faults);
    }

    static long At(int hour) => Noon.AddHours(hour - Noon.Hour).ToUnixTimeMilliseconds();

    static RuleOptions Load(string? hours) => new()
    {
        Name = "load", Kind = "threshold", Source = "metrics", GroupBy = "host", Limit = 90, Hours = hours is null ? [] : [hours],
    };

    static async Task Looked(Station station)
    {
        await station.Quiet();
        await station.Turns<PendingSweep>(2);
        await station.Quiet();
    }

    async Task<Station> Create()
    {
        var station = await Station.Create(output);
        station.WithoutFaults("a look that is lost comes again a minute later, or with the next covered minute, and the clock of the test stands");
        return station;
    }

    async Task<Station> Watched(string hours)
    {
        var station = await Create();
        foreach (var (name, value) in ((string, string)[])[("Name", "load"), ("Kind", "threshold"), ("Source", "metrics"), ("GroupBy", "host"),
            ("Limit", "90"), ("Hours:0", hours)])
            station.Settings[$"Evaluator:Rules:0:{name}"] = value;
        station.Set(Noon);
        return station;
    }
}
