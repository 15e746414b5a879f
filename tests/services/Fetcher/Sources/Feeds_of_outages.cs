using Sigma.Contracts;
using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Outages;

namespace Sigma.ServiceTests.Fetcher.Sources;

public sealed class Feeds_of_outages
{
    static readonly DateTimeOffset Start = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    [Theory, InlineData("gcp"), InlineData("aws"), InlineData("aws-rss"), InlineData("azure"), InlineData("oci"), InlineData("statuspage")]
    public async Task Tells_of_an_outage_once_and_of_its_end_once(string kind)
    {
        await using var session = await SourcesSession.Start(simulator => Feed(simulator, kind));
        Assert.True(await session.Look("cloud"));
        session.Simulator.Outages.Put(kind, Outage("a"));
        await session.Look("cloud");
        await session.Look("cloud");

        await session.News.Until(news => news.Conditions.Count == 1, "the outage is told");
        var told = session.News.Conditions[0];
        Assert.Equal((ConditionState.Firing, "compute", true), (told.State, told.Labels["service"], told.Title!.Length > 0));
        Assert.Equal(kind.Split('-')[0] is "statuspage" ? "cloud" : kind.Split('-')[0], told.Labels["provider"]);
        session.Simulator.Outages.Put(kind, Outage("a") with { EndedAt = Start.AddHours(1) });
        await session.Look("cloud");
        await session.Look("cloud");

        await session.News.Until(news => news.Conditions.Count == 2, "its end is told");
        var over = session.News.Conditions[1];
        Assert.Equal((ConditionState.Resolved, told.ExternalId), (over.State, over.ExternalId));
        Assert.Equal(told.Labels, over.Labels);
        Assert.True(over.ReportedAt > told.ReportedAt);
    }

    [Fact]
    public async Task The_first_poll_tells_of_what_lasts_and_not_of_the_past()
    {
        await using var session = await SourcesSession.Start(simulator => Feed(simulator, "gcp"));
        session.Simulator.Outages.Put("gcp", Outage("old") with { EndedAt = Start.AddMinutes(30) });
        session.Simulator.Outages.Put("gcp", Outage("open"));
        await session.Look("cloud");
        await session.Look("cloud");

        await session.News.Until(news => news.Conditions.Count > 0, "what lasts is told");
        Assert.Equal([("open", ConditionState.Firing)], session.News.Told);
    }

    [Theory, InlineData(FaultKind.Status), InlineData(FaultKind.NotJson), InlineData(FaultKind.Cut), InlineData(FaultKind.Hang)]
    public async Task A_poll_that_fails_is_no_all_clear_and_is_told_after_a_while(FaultKind fault)
    {
        ShiftedClock clock = new();
        await using var session = await SourcesSession.Start(simulator => [.. Feed(simulator, "aws"),
            ("Fetcher:StatusFeeds:0:UnknownAfter", "00:10:00"), ("Fetcher:StatusFeeds:0:Timeout", "00:00:10"),
            ("Fetcher:StatusFeeds:0:Patience:Timeout", "00:00:05")], clock);
        session.Simulator.Outages.Put("aws", Outage("a"));
        await session.Look("cloud");
        session.Simulator.Faults.Add(new Fault { Path = "/feeds/*", Kind = fault, CutAfter = 20 });
        session.Simulator.Outages.Remove("aws", "a");
        await session.Look("cloud");

        Assert.Equal(("failed", 1), ((await session.State("cloud")).State, (await session.State("cloud")).Failures));
        clock.Advance(TimeSpan.FromMinutes(11));
        await session.Look("cloud");
        await session.News.Until(news => news.Conditions.Count == 2, "that the feed cannot be read is told");
        var unread = session.News.Conditions[1];
        Assert.Equal(("source:unreadable", ConditionState.Firing, "aws"), (unread.ExternalId, unread.State, unread.Labels["provider"]));
        Assert.Contains("cannot be read", unread.Title);

        session.Simulator.Faults.Clear();
        await session.Look("cloud");
        await session.News.Until(news => news.Conditions.Count == 4, "that it can be read again, and what it says, is told");
        Assert.All(session.News.Conditions[2..], one => Assert.Equal(ConditionState.Resolved, one.State));
        Assert.Equal("ok", (await session.State("cloud")).State);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_fetched_again()
    {
        await using var session = await SourcesSession.Start(simulator => Feed(simulator, "gcp"));
        session.Simulator.Outages.Put("gcp", Outage("a"));
        foreach (var _ in Enumerable.Range(0, 3))
            await session.Look("cloud");

        Assert.Equal([200, 304, 304], session.Simulator.Received.Calls.Where(call => call.Path == "/feeds/gcp").Select(call => call.Status!.Value));
        Assert.Equal("ok", (await session.State("cloud")).State);
    }

    [Fact]
    public async Task Of_two_fetchers_one_polls_and_a_turn_is_done_once()
    {
        await using var session = await SourcesSession.Start(simulator => Feed(simulator, "gcp"));
        await session.StartProcess();
        session.Simulator.Outages.Put("gcp", Outage("a"));
        var looks = await Task.WhenAll(session.Look("cloud", 0, TimeSpan.FromMinutes(1)), session.Look("cloud", 1, TimeSpan.FromMinutes(1)));

        Assert.Single(looks, looked => looked);
        Assert.False(await session.Look("cloud", 1, TimeSpan.FromMinutes(1)));
        await session.News.Until(news => news.Conditions.Count > 0, "the outage is told");
        Assert.Single(session.News.Conditions);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_poll_loses_nothing_and_tells_nothing_twice()
    {
        await using var session = await SourcesSession.Start(simulator => Feed(simulator, "gcp"));
        session.Simulator.Outages.Put("gcp", Outage("a"));
        using CancellationTokenSource stop = new();
        session.Simulator.Faults.Add(Fault.Hanging("/feeds/*") with { Count = 1 });
        var interrupted = session.Look("cloud", ct: stop.Token);
        await Await.Until(() => Task.FromResult(session.Simulator.Faults.Active.Count == 0), "the poll is under way");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted);
        await session.StopProcess();
        await session.StartProcess();

        Assert.True(await session.Look("cloud", apart: TimeSpan.FromMinutes(1))); // at once: the turn was given back
        await session.Look("cloud");
        await session.News.Until(news => news.Conditions.Count > 0, "the outage is told");
        Assert.Equal([("a", ConditionState.Firing)], session.News.Told);
    }

    [Fact]
    public async Task Sites_that_stand_on_what_is_out_are_told_with_their_own_labels()
    {
        await using var session = await SourcesSession.Start(simulator => [.. Feed(simulator, "aws"),
            ("Fetcher:Affected:0:Provider", "aws"), ("Fetcher:Affected:0:Region", "us-east-1"), ("Fetcher:Affected:0:Labels:account", "300001"),
            ("Fetcher:Affected:1:Provider", "aws"), ("Fetcher:Affected:1:Region", "eu-west-1"), ("Fetcher:Affected:1:Labels:account", "300002"),
            ("Fetcher:Affected:2:Provider", "gcp"), ("Fetcher:Affected:2:Labels:account", "300003")]);
        session.Simulator.Outages.Put("aws", Outage("a"));
        await session.Look("cloud");
        session.Simulator.Outages.Put("aws", Outage("a") with { EndedAt = Start.AddHours(1) });
        await session.Look("cloud");

        await session.News.Until(news => news.Conditions.Count == 4, "the outage and its site are told, and that both are over");
        var site = session.News.Conditions.Where(one => one.Labels.ContainsKey("account")).ToList();
        Assert.Equal(["300001", "300001"], site.Select(one => one.Labels["account"]));
        Assert.Equal(("aws", "us-east-1"), (site[0].Labels["provider"], site[0].Labels["region"]));
    }

    [Fact]
    public async Task Only_what_is_watched_is_told()
    {
        await using var session = await SourcesSession.Start(simulator => [.. Feed(simulator, "gcp"),
            ("Fetcher:StatusFeeds:0:Services", "compute, storage"), ("Fetcher:StatusFeeds:0:Regions", "us-east-1")]);
        session.Simulator.Outages.Put("gcp", Outage("other service") with { Services = ["mail"] });
        session.Simulator.Outages.Put("gcp", Outage("other region") with { Regions = ["eu-west-1"] });
        session.Simulator.Outages.Put("gcp", Outage("both") with { Services = ["mail", "storage"], Regions = ["us-east-1", "eu-west-1"] });
        session.Simulator.Outages.Put("gcp", Outage("unnamed") with { Services = [], Regions = [] });
        await session.Look("cloud");

        await session.News.Until(news => news.Conditions.Count == 2, "what is watched is told");
        Assert.Equal(["both", "unnamed"], session.News.Conditions.Select(one => one.ExternalId).Order());
        Assert.Equal(("storage", "us-east-1"), (session.News.Conditions.Single(one => one.ExternalId == "both").Labels["service"],
            session.News.Conditions.Single(one => one.ExternalId == "both").Labels["region"]));
    }

    static (string, string)[] Feed(SimulatorApp simulator, string kind) =>
    [
        ("Fetcher:StatusFeeds:0:Name", "cloud"), ("Fetcher:StatusFeeds:0:Kind", kind),
        ("Fetcher:StatusFeeds:0:Address", new Uri(simulator.Url, $"feeds/{kind}").ToString()), ("Fetcher:StatusFeeds:0:Patience:Retries", "0"),
    ];

    static SimulatedOutage Outage(string id) => new(id, "Machines do not start") { StartedAt = Start };
}
