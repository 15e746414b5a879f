using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Cli;
using Sigma.Cli.Explain;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Explaining;

public sealed class Counting_as_the_evaluator_does(ITestOutputHelper output)
{
    [Fact]
    public async Task Of_a_random_stream_every_window_and_every_bar_holds_what_the_evaluator_counts()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is counted is the subject");
        station.Settings["Evaluator:Rules:0:Name"] = "rule";
        station.Settings["Evaluator:Rules:0:GroupBy"] = "account";
        station.Settings["Evaluator:Rules:0:Window"] = RandomStream.Window.ToString();
        station.Settings["Evaluator:Rules:0:Threshold"] = $"{RandomStream.Threshold}";
        station.Settings["Evaluator:KeepEvents"] = "30.00:00:00";
        station.Clock.Advance(Noon.AddHours(2) - station.Clock.GetUtcNow());
        var evaluator = await station.StartEvaluator();
        var stream = new RandomStream(seed: 11);
        await station.Feed(evaluator, stream.Batches());
        await station.Feed(evaluator, new OccurrencesExcused { Source = "segware", OccurrenceIds = [.. stream.ExcusedLate] });
        var rule = evaluator.Services.GetRequiredService<RuleSet>().All[0];
        using var shell = new Shell(station);
        await using var session = await station.Database.Begin(CancellationToken.None);

        foreach (var key in Enumerable.Range(0, 6).Select(k => $"{k}"))
        {
            var trigger = rule.TriggerId(new Dictionary<string, string> { ["account"] = key });
            async Task<int> Counted(DateTimeOffset at) =>
                (await WindowCount.RemainingCounts(session, [trigger], at.ToUnixTimeMilliseconds() - rule.Window, 1, CancellationToken.None))
                    .Sum(r => r.Count)
                - (await WindowCount.RemainingCounts(session, [trigger], at.ToUnixTimeMilliseconds(), 1, CancellationToken.None)).Sum(r => r.Count);
            var fill = stream.Fill(key, stream.ExcusedEarly, stream.ExcusedLate);
            foreach (var (at, count) in fill.Where((_, i) => i % 7 == 0))
            {
                var seen = await ExplainOutput.Of(shell, key, "--at", at.ToString("O", CultureInfo.InvariantCulture));
                Assert.Equal((count, count), (seen.Verdict("rule").GetProperty("count").GetInt32(), await Counted(at)));
                foreach (var bar in Assert.Single(seen.Kind("chart", "rule")).GetProperty("buckets").EnumerateArray().Where((_, i) => i % 6 == 0))
                    Assert.Equal(await Counted(bar.GetProperty("to").GetDateTimeOffset()), bar.GetProperty("inWindow").GetInt32());
            }
        }
    }

    [Theory]
    [InlineData("14:05", "2026-11-20T17:05:00Z"), InlineData("14:05:30", "2026-11-20T17:05:30Z")]
    [InlineData("23:50", "2026-11-20T02:50:00Z")] // last night's
    [InlineData("19/11 08:00", "2026-11-19T11:00:00Z"), InlineData("21/11 08:00", "2025-11-21T11:00:00Z")]
    [InlineData("2026-11-20 14:05", "2026-11-20T17:05:00Z"), InlineData("2026-11-20T14:05:07", "2026-11-20T17:05:07Z")]
    [InlineData("2026-11-20T14:05:00Z", "2026-11-20T14:05:00Z"), InlineData("2026-11-20T14:05:00.250+02:00", "2026-11-20T12:05:00.250Z")]
    public void A_time_is_read_as_people_of_the_station_say_it(string typed, string meant)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");
        var now = new DateTimeOffset(2026, 11, 20, 20, 0, 0, TimeSpan.Zero);
        Assert.Equal(DateTimeOffset.Parse(meant, CultureInfo.InvariantCulture), LocalTimes.Read(typed, zone, now).ToTime());
    }

    [Theory, InlineData("tomorrow"), InlineData("2026-11-20T18:00:00"), InlineData("25:00"), InlineData("1530000000"), InlineData("")]
    public void What_is_no_time_or_one_to_come_is_refused(string typed) => Assert.Throws<UsageException>(() =>
        LocalTimes.Read(typed, TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo"), new DateTimeOffset(2026, 11, 20, 20, 0, 0, TimeSpan.Zero)));
}
