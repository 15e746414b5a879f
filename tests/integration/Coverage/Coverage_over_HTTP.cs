using System.Net;
using System.Text.Json;
using Sigma.IntegrationTests.Faults;
using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Stations;
using Sigma.IntegrationTests.Subscribing;
using Sigma.Simulator.Faults;

namespace Sigma.IntegrationTests.Coverage;

public sealed class Coverage_over_HTTP(ITestOutputHelper output)
{
    [Fact]
    public async Task Shows_missing_minutes_with_the_reason_and_later_that_they_came_late()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll();
        await station.Poll(fetcher);
        var start = station.Clock.GetUtcNow();

        var outage = simulator.Faults.Add(Fault.WithStatus("/v1/events", 500));
        for (var minute = 0; minute < 11; minute++)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(1));
            await fetcher.Poll();
        }
        var during = await Ask(fetcher);
        // One stretch; a fault that was injected held up some minutes of it for a reason of its own.
        var missing = Ranges(during, "missing");
        var outageSaid = missing.FindAll(range => range.GetProperty("reason").GetString()!.Contains("500"));
        Assert.NotEmpty(outageSaid);
        Assert.All(missing.Skip(1).Zip(missing),
            two => Assert.Equal(two.Second.GetProperty("to").GetString(), two.First.GetProperty("from").GetString()));
        // the last five are pending; six and a bit can touch eight
        Assert.InRange(missing.Sum(range => range.GetProperty("minutes").GetInt32()), 5, 8);
        Assert.All(outageSaid, range => Assert.InRange(range.GetProperty("attempts").GetInt32(), 2, 20));
        Assert.All(missing, range => Assert.True(range.GetProperty("nextTry").GetDateTimeOffset() > start));
        Assert.InRange(during.GetProperty("lagSeconds").GetDouble(), 11 * 60, 12 * 60);

        outage.Dispose();
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await Await.Until(async () =>
        {
            station.Clock.Advance(TimeSpan.FromSeconds(5)); // the circuit breaker may still be open: it goes by the clock on the wall
            await fetcher.Poll();
            return await Ask(fetcher);
        }, seen => Ranges(seen, "missing").Count == 0, "the outage is caught up with");
        var late = Ranges(after, "late").FindAll(r => r.GetProperty("to").GetDateTimeOffset() > start);
        // It still says what had held it up.
        Assert.Contains(late, range => range.GetProperty("reason").GetString()!.Contains("500"));
        Assert.All(late, range => Assert.InRange(range.GetProperty("coveredAt").GetDateTimeOffset(), start.AddMinutes(11), start.AddMinutes(20)));
        Assert.InRange(after.GetProperty("lagSeconds").GetDouble(), 0, 30);
        Assert.Equal(24 * 60 + 1, after.GetProperty("minutes").EnumerateObject().Sum(s => s.Value.GetInt32()), 1.0);
    }

    [Fact]
    public async Task Two_fetchers_say_the_same_of_the_time_nobody_polled()
    {
        await using var station = await Station.Create(output);
        var (_, fetcher) = await station.StartAll();
        await station.Poll(fetcher);
        var other = await station.StartFetcher();
        station.Clock.Advance(TimeSpan.FromMinutes(30));

        var missing = Assert.Single(Ranges(await Ask(fetcher), "missing"));
        Assert.Contains("no poll has ended since", missing.GetProperty("reason").GetString());
        Assert.InRange(missing.GetProperty("minutes").GetInt32(), 24, 26);
        Assert.Equal(Ranges(await Ask(fetcher)).Select(r => r.ToString()), Ranges(await Ask(other)).Select(r => r.ToString()));
    }

    [Fact]
    public async Task A_browser_gets_a_picture_and_nonsense_is_refused()
    {
        await using var station = await Station.Create(output);
        var (_, fetcher) = await station.StartAll();

        var page = await Get(fetcher, "/coverage", "text/html,application/xhtml+xml,*/*;q=0.8");
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.InRange((await page.Content.ReadAsStringAsync()).Split("title=\"").Length - 1, 24 * 60, 24 * 60 + 1);
        Assert.Equal("application/json", (await Get(fetcher, "/coverage?hours=168", "*/*")).Content.Headers.ContentType!.MediaType);
        foreach (var hours in (string[])["0", "169", "-1", "all", ""])
            Assert.Equal(HttpStatusCode.BadRequest, (await Get(fetcher, $"/coverage?hours={hours}", "*/*")).StatusCode);
    }

    [Fact]
    public async Task The_report_of_a_poll_is_what_the_guide_shows()
    {
        const string Exchange = "Sigma.Contracts:CoverageReported";
        await using var station = await Station.Create(output);
        station.WithoutFaults("a report may be lost, the next one says more");
        await using var amqpSubscriber = await AmqpSubscriber.Open(station.Broker, Exchange);
        var (simulator, fetcher) = await station.StartAll();
        simulator.Faults.Add(Fault.WithStatus("/v1/events", 500));
        await station.Poll(fetcher);
        await Await.Until(() => Task.FromResult(amqpSubscriber.Messages.Count), letters => letters >= 2, "both polls are reported");
        await amqpSubscriber.AssertDurable(Exchange);

        var seen = amqpSubscriber.Messages[^1];
        output.WriteLine(seen.Envelope.ToString()); // what the guide's example is made from
        Assert.Equal(JsonValueKind.Null, amqpSubscriber.Messages[0].Message.GetProperty("reason").ValueKind);
        var guide = new Guide();
        var differences = Shape.Differences(guide.Example("CoverageReported"), seen.Message, "CoverageReported")
            .Concat(Shape.Unlike(guide.Table("CoverageReported").Keys, Shape.Names(seen.Message), "the table of CoverageReported")).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    static async Task<JsonElement> Ask(Fetching fetcher) =>
        JsonDocument.Parse(await (await Get(fetcher, "/coverage", "application/json")).Content.ReadAsStringAsync()).RootElement;

    static async Task<HttpResponseMessage> Get(Fetching fetcher, string path, string accept)
    {
        using var http = new HttpClient { BaseAddress = new Uri(fetcher.Service.Urls.First()) };
        http.DefaultRequestHeaders.Add("Accept", accept);
        while (true)
            if (await http.GetAsync(path) is var answer && (FaultPlan.Seed is null || answer.StatusCode != HttpStatusCode.ServiceUnavailable))
                return answer; // the other was injected
    }

    static List<JsonElement> Ranges(JsonElement coverage, string? state = null) =>
        [.. coverage.GetProperty("ranges").EnumerateArray().Where(r => state is null || r.GetProperty("state").GetString() == state)];
}
