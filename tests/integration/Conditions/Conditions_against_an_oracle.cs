using Microsoft.AspNetCore.Builder;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using static Sigma.IntegrationTests.Conditions.News;

namespace Sigma.IntegrationTests.Conditions;

/// <summary>Random news, cut into batches, doubled, shuffled and given to two evaluators: in the end that is raised which a few lines say.</summary>
public sealed class Conditions_against_an_oracle(ITestOutputHelper output)
{
    const int Hosts = 6, Minutes = 40;
    static readonly string[] Names = [.. Enumerable.Range(0, Hosts).Select(host => $"host-{host}")];

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Values_beyond_a_limit(int seed)
    {
        await using var station = await Watched("threshold", "metrics", ("Limit", "50"));
        Random random = new(seed);
        var samples = Enumerable.Range(0, 300).Select(i => (Host: Names[random.Next(Hosts)], At: Noon.AddSeconds(random.Next(Minutes * 60)),
            Value: (double)random.Next(100))).DistinctBy(s => (s.Host, s.At)).ToList();

        await Feed(station, random, samples.Chunk(10).Select(some => Samples(some)));

        Assert.Equal(Names.Where(host => samples.Where(s => s.Host == host).MaxBy(s => s.At).Value > 50), StillRaised(station));
    }

    [Theory, InlineData(1), InlineData(2)]
    public async Task Every_value_beyond_its_limit(int seed)
    {
        await using var station = await Watched("threshold", "metrics", ("Limit", "70"));
        Random random = new(seed);
        var batches = Enumerable.Range(0, 12).Select(i => Enumerable.Range(0, 12).Select(n => (Host: Names[random.Next(Hosts)],
            At: Noon.AddSeconds(60 * i + 5 * n), Value: (double)random.Next(100))).ToArray()).ToList();

        await FeedInOrder(station, random, [.. batches.Select(some => Samples(some))]);

        Assert.Equal(Names.ToDictionary(host => host, host => Episodes(batches.Select(some =>
            some.Where(s => s.Host == host).Select(s => s.Value > 70)))), Raised(station));
    }

    [Theory, InlineData(1), InlineData(2)]
    public async Task Every_alert_of_other_systems(int seed)
    {
        await using var station = await Watched("external", "grafana");
        Random random = new(seed);
        var batches = Enumerable.Range(0, 12).Select(i => Enumerable.Range(0, 12).Select(n => (Host: Names[random.Next(Hosts)],
            At: Noon.AddSeconds(60 * i + 5 * n), Fires: random.Next(3) == 0)).ToArray()).ToList();

        await FeedInOrder(station, random, [.. batches.Select(some => News.Conditions([.. some.Select(c =>
            Condition(c.Host, c.Host, c.Fires ? ConditionState.Firing : ConditionState.Resolved, c.At))]))]);

        Assert.Equal(Names.ToDictionary(host => host, host => Episodes(batches.Select(some =>
            some.Where(c => c.Host == host).Select(c => c.Fires)))), Raised(station));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Alerts_of_other_systems(int seed)
    {
        await using var station = await Watched("external", "grafana");
        Random random = new(seed);
        var reports = Enumerable.Range(0, 200).Select(i => Condition($"{random.Next(3)}", Names[random.Next(Hosts)],
            random.Next(2) == 0 ? ConditionState.Firing : ConditionState.Resolved, Noon.AddSeconds(random.Next(Minutes * 60))))
            .Select(c => c with { ExternalId = $"{c.Labels["host"]}-{c.ExternalId}" }).DistinctBy(c => (c.ExternalId, c.ReportedAt)).ToList();

        await Feed(station, random, reports.Chunk(7).Select(some => News.Conditions(some)));

        Assert.Equal(Names.Where(host => reports.Where(r => r.Labels["host"] == host).GroupBy(r => r.ExternalId)
            .Any(c => c.MaxBy(r => r.ReportedAt)!.State == ConditionState.Firing)), StillRaised(station));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Alerts_of_other_systems_without_a_rule(int seed)
    {
        await using var station = await Station.Create(output);
        Random random = new(seed);
        string[] severities = ["critical", "low"];
        var reports = Enumerable.Range(0, 200).Select(_ => (Id: $"{random.Next(3)}", Host: Names[random.Next(Hosts)])).Select(c =>
            Condition($"{c.Host}-{c.Id}", c.Host, (ConditionState)random.Next(4), Noon.AddSeconds(random.Next(Minutes * 60))) with
            {
                Severity = severities[random.Next(severities.Length)],
            }).DistinctBy(c => (c.ExternalId, c.ReportedAt)).ToList();

        await Feed(station, random, reports.Chunk(7).Select(some => News.Conditions(some)));

        // Each is an alert of its own, whatever labels it shares; who cannot tell says nothing.
        Assert.Equal(reports.Where(r => r.State != ConditionState.NoData).GroupBy(r => r.ExternalId)
            .Select(c => c.MaxBy(r => r.ReportedAt)!).Where(r => r.State != ConditionState.Resolved).Select(r => r.Labels["host"]).Order(),
            StillRaised(station));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Silent_agents(int seed)
    {
        await using var station = await Watched("absence", "agents", ("After", "00:05:00"));
        station.WithoutFaults("a hint that is lost is sent again a minute of covered time later, and the test covers no more");
        Random random = new(seed);
        // Each minute is a slice of the gateway; in one of them nobody took in news.
        var gap = random.Next(5, Minutes - 10);
        var beats = Enumerable.Range(0, Minutes).Where(minute => minute != gap).SelectMany(minute => Names.Where(_ => random.Next(4) == 0)
            .Select(host => (Host: host, Minute: minute, At: Noon.AddMinutes(minute).AddSeconds(random.Next(60))))).ToList();
        var news = beats.GroupBy(beat => beat.Minute).SelectMany(slice => slice.Chunk(2).Select((some, i) => Beats(
            new IntakePart("gateway-1", Noon.AddMinutes(slice.Key), i + 1), [.. some.Select(beat => Beat(beat.Host, beat.At))]))).ToList();
        var closed = Enumerable.Range(0, Minutes).Where(minute => minute != gap).Select(minute => Intake(Noon.AddMinutes(minute),
            Noon.AddMinutes(minute + 1), news.Count(n => n.Intake!.SliceFrom == Noon.AddMinutes(minute)))).ToList();

        await Feed(station, random, news, closed);
        await station.Turns<DueSweep>(3);
        await station.Quiet();

        var end = Noon.AddMinutes(Minutes);
        var back = Noon.AddMinutes(gap + 1);
        var heard = beats.GroupBy(beat => beat.Host).ToDictionary(host => host.Key, host => host.Select(beat => beat.At).Order().ToList());
        Assert.Equal(heard.Where(host => (host.Value[^1] > back ? host.Value[^1] : back).AddMinutes(5) <= end).Select(host => host.Key).Order(),
            StillRaised(station));
        // Whoever was raised was silent for five minutes of covered time at some moment.
        foreach (var host in station.Alerts.Raised.Select(alert => alert.Label("host")).Distinct())
            Assert.Contains(heard[host].Zip(heard[host].Skip(1).Append(end)),
                pause => Covered(pause.First, pause.Second, Noon.AddMinutes(gap), back) >= TimeSpan.FromMinutes(5));
        Assert.Empty(station.Traffic.Faults);
    }

    /// <summary>The longest time between two moments without a gap in it.</summary>
    static TimeSpan Covered(DateTimeOffset from, DateTimeOffset to, DateTimeOffset gapFrom, DateTimeOffset gapTo) =>
        to <= gapFrom || from >= gapTo ? to - from
        : TimeSpan.FromTicks(Math.Max(gapFrom > from ? (gapFrom - from).Ticks : 0, to > gapTo ? (to - gapTo).Ticks : 0));

    /// <summary>An alert begins with whatever was wrong since the last look, and ends when it is normal at one.</summary>
    static int Episodes(IEnumerable<IEnumerable<bool>> looks)
    {
        var (episodes, isRaised, isWrong) = (0, false, false);
        foreach (var wrong in looks.Select(look => look.ToList()))
        {
            if (!isRaised && (isWrong || wrong.Contains(true)))
                episodes++;
            isRaised = isWrong = wrong.Count == 0 ? isWrong : wrong[^1];
        }
        return episodes;
    }

    static Dictionary<string, int> Raised(Station station)
    {
        Assert.Equal(station.Alerts.Raised.Count, station.Alerts.Raised.DistinctBy(alert => alert.AlertId).Count());
        return Names.ToDictionary(host => host, host => station.Alerts.Raised.Count(alert => alert.Label("host") == host));
    }

    /// <summary>Each to one of two evaluators, some twice, and all is decided before the next comes.</summary>
    static async Task FeedInOrder<T>(Station station, Random random, List<T> news) where T : class
    {
        station.WithoutFaults("each step waits until all is judged, and a hint that is lost is sent again a minute later");
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        for (var i = 0; i < news.Count; i++)
        {
            await evaluators[random.Next(2)].Feed(news[i]);
            await evaluators[random.Next(2)].Feed(news[random.Next(i + 1)]);
            await station.Quiet();
            await Await.Until(() => station.Count("select count(*) from evaluator_pending"), kept => kept == 0, "all that was wrong is judged");
            await station.Quiet();
        }
    }

    static IEnumerable<string> StillRaised(Station station)
    {
        var cleared = station.Alerts.Cleared.Select(alert => alert.AlertId).ToHashSet();
        Assert.Subset(station.Alerts.Raised.Select(alert => alert.AlertId).ToHashSet(), cleared);
        return station.Alerts.Raised.Where(alert => !cleared.Contains(alert.AlertId)).Select(alert => alert.Label("host")).Order();
    }

    static async Task Feed<T>(Station station, Random random, IEnumerable<T> news, IEnumerable<IntakeReported>? closed = null) where T : class
    {
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        List<T> all = [.. news];
        List<object> sent = [.. all, .. all.Where(_ => random.Next(5) == 0), .. closed ?? [], .. closed ?? []];
        foreach (var some in sent.OrderBy(_ => random.Next()).Chunk(20))
        {
            var evaluator = evaluators[random.Next(2)];
            await Task.WhenAll(evaluator.Feed(some.OfType<T>()), evaluator.Feed(some.OfType<IntakeReported>()));
        }
        await station.Quiet();
    }

    async Task<Station> Watched(string kind, string source, params (string Name, string Value)[] others)
    {
        var station = await Station.Create(output);
        foreach (var (name, value) in ((string, string)[])[("Name", "rule"), ("Kind", kind), ("Source", source), ("GroupBy", "host"), .. others])
            station.Settings[$"Evaluator:Rules:0:{name}"] = value;
        return station;
    }
}
