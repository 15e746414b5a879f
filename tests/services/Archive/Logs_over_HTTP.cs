using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;

namespace Sigma.ServiceTests.Archive;

public sealed class Logs_over_HTTP
{
    // Messages are sent at the machine's own time, which is far from the clock of the tests.
    static readonly (string, string)[] AnyTime =
        [("Archive:Logs:BehindLimit", "3650.00:00:00"), ("Archive:Logs:KeepDays", "3650"), ("Archive:Logs:KeepRoutineDays", "3650"),
        ("Archive:Samples:BehindLimit", "90.00:00:00")];

    [Fact]
    public async Task Lines_are_found_counted_and_shown()
    {
        await using var session = await ArchiveSession.Start(AnyTime);
        await session.Publish(ArchiveSession.Lines(("disk full on /var", "high"), ("disk is fine", "info"), ("no disk here: user_id=7", null)));

        Assert.Equal(["no disk here: user_id=7", "disk is fine", "disk full on /var"],
            (await session.Find("disk host=web-1", 3)).Select(line => line.GetProperty("text").GetString()));
        var first = await session.Get("logs?q=disk&limit=2");
        Assert.True(first.GetProperty("complete").GetBoolean());
        var rest = await session.Get($"logs?q=disk&limit=2&after={first.GetProperty("next").GetString()}");
        var line = rest.GetProperty("items")[0];
        Assert.False(rest.TryGetProperty("next", out _));
        Assert.Equal(("disk full on /var", "high", "tests", "shop", ArchiveSession.Noon), (line.GetProperty("text").GetString(),
            line.GetProperty("level").GetString(), line.GetProperty("source").GetString(),
            line.GetProperty("labels").GetProperty("app").GetString(), line.GetProperty("at").GetDateTimeOffset()));
        Assert.Equal("disk full on /var", (await session.Get($"logs/line?id={line.GetProperty("id").GetString()}")).GetProperty("text").GetString());

        var histogram = await session.Get($"logs/histogram?q=disk&parts=3&from={ArchiveSession.Noon:yyyy-MM-ddTHH:mm:ssZ}"
            + $"&to={ArchiveSession.Noon.AddSeconds(3):yyyy-MM-ddTHH:mm:ssZ}");
        Assert.Equal((3L, 1.0), (histogram.GetProperty("total").GetInt64(), histogram.GetProperty("step").GetDouble()));
        Assert.Equal(["high", "info", "none"], histogram.GetProperty("parts").EnumerateArray()
            .Select(part => part.EnumerateObject().First(level => level.Name != "at" && level.Value.GetInt64() == 1).Name));
        var kinds = (await session.Get("state")).GetProperty("kinds").EnumerateArray().ToList();
        Assert.Equal(["notable 1", "routine 1", "samples 0"],
            kinds.Select(kind => $"{kind.GetProperty("kind").GetString()} {kind.GetProperty("days").GetInt32()}"));
    }

    [Theory]
    [InlineData("logs?q=a%20%22b", 400, "The query cannot be read: at 3: the quote is not closed.")]
    [InlineData("logs?after=x", 400, "after is what an earlier page said as next")]
    [InlineData("logs?limit=0", 400, "limit is 1 to 1000")]
    [InlineData("logs?from=yesterday", 400, null)]
    [InlineData("logs/histogram?parts=5000", 400, "from is before to, and parts are 1 to 1000")]
    [InlineData("logs/line?id=1-n1-1", 404, "There is no such line, or it is too old.")]
    [InlineData("logs/tail?q=level%3Dloud", 400, "The query cannot be read: at 7: a level is none, info, medium, high, critical, not loud.")]
    [InlineData("agents?state=dead", 400, "state is heard, failing or silent")]
    [InlineData("series?label=x", 400, "label is a name, an equals sign and a value, and each name is there once")]
    [InlineData("samples?step=0", 400, "step is in seconds, 0.001 at least, and there are at most 2000 of them")]
    [InlineData("samples?step=NaN", 400, "step is in seconds, 0.001 at least, and there are at most 2000 of them")]
    public async Task What_is_asked_wrongly_is_refused_with_the_reason(string path, int status, string? detail)
    {
        await using var session = await ArchiveSession.Start();
        var answer = await session.Ask(path);
        Assert.Equal(status, answer.Status);
        if (detail is not null)
            Assert.Equal(detail, answer.Body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task No_endpoint_answers_without_the_key()
    {
        await using var session = await ArchiveSession.Start();
        using HttpClient stranger = new() { BaseAddress = session.Http.BaseAddress };
        var endpoints = session.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/internal/archive", StringComparison.Ordinal)).ToList();
        Assert.True(endpoints.Count >= 8);
        foreach (var endpoint in endpoints)
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(endpoint.RoutePattern.RawText)).StatusCode);
    }

    [Fact]
    public async Task A_batch_that_breaks_the_contract_does_not_stop_the_next()
    {
        await using var session = await ArchiveSession.Start(AnyTime);
        await session.Publish(ArchiveSession.Lines(("refused", null)) with { Source = new string('x', 65) });
        await session.Publish(ArchiveSession.Lines((new string('x', 1_000_001), null)));
        await session.Publish(ArchiveSession.Lines(("kept", null)));
        await session.Find("kept", 1);
        await session.Find("", 1);
    }

    [Fact]
    public async Task A_line_of_another_age_is_kept_at_its_arrival_with_what_it_said()
    {
        await using var session = await ArchiveSession.Start();
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var batch = ArchiveSession.Lines(("from the future", null), ("from the past", "high"));
        DateTimeOffset[] said = [before.AddYears(50), before.AddYears(-30)];
        await session.Publish(batch with { Lines = [.. batch.Lines.Zip(said, (line, at) => line with { At = at })] });
        foreach (var line in await session.Find("from", 2))
        {
            Assert.InRange(line.GetProperty("at").GetDateTimeOffset(), before, before.AddMinutes(3));
            Assert.Contains(line.GetProperty("fields").GetProperty("said_time").GetDateTimeOffset(), said);
        }
    }

    [Fact]
    public async Task What_a_gateway_took_in_is_judged_by_its_time()
    {
        await using var session = await ArchiveSession.Start();
        await session.Publish(ArchiveSession.Lines(("taken in", null)) with { Intake = new IntakePart("gateway-1", ArchiveSession.Noon, 1) });
        var odd = ArchiveSession.Lines(("taken in by one that is not right", null));
        await session.Publish(odd with { Intake = new IntakePart("gateway-1", default, 1) });
        var lines = await session.Find("taken", 2);
        Assert.Equal(ArchiveSession.Noon, lines[1].GetProperty("at").GetDateTimeOffset());
        Assert.False(lines[1].TryGetProperty("fields", out _));
        Assert.Equal($"{ArchiveSession.Noon:O}", lines[0].GetProperty("fields").GetProperty("said_time").GetString());
    }

    [Fact]
    public async Task Who_watches_is_shown_what_comes()
    {
        await using var session = await ArchiveSession.Start(AnyTime);
        using var answer = await session.Http.GetAsync("logs/tail?q=disk%20level%3E%3Dmedium", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using StreamReader events = new(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("event: alive", await events.ReadLineAsync());
        await session.Publish(ArchiveSession.Lines(("disk full", "high"), ("disk fine", "info")));
        await session.Publish(ArchiveSession.Lines(("disk fuller", "critical")));
        List<string> seen = [];
        while (seen.Count < 2 && await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } written)
            if (written.StartsWith("data: {\"line\"", StringComparison.Ordinal))
                seen.Add(JsonSerializer.Deserialize<JsonElement>(written[6..]).GetProperty("line").GetProperty("text").GetString()!);
        Assert.Equal(["disk full", "disk fuller"], seen.Order());
    }

    [Fact]
    public async Task The_same_batch_again_and_a_restart_lose_nothing_and_double_nothing()
    {
        await using var session = await ArchiveSession.Start(AnyTime);
        var batches = Enumerable.Range(0, 30).Select(number => ArchiveSession.Lines(($"line {number}", number % 2 == 0 ? "high" : "info"))).ToList();
        await Task.WhenAll(batches.Concat(batches).Select(session.Publish));
        await session.Find("line", 30);
        await session.Restart();
        await Task.WhenAll(batches.Select(session.Publish));
        await session.Publish(ArchiveSession.Lines(("after", null)));
        await session.Find("after", 1);
        await session.Find("line", 30);
    }

    [Fact]
    public async Task A_second_archive_on_the_folder_stands_by_and_takes_over()
    {
        await using var session = await ArchiveSession.Start(AnyTime);
        await session.Publish(ArchiveSession.Lines(("of the first", null)));
        await session.Find("first", 1);
        var second = session.Second();
        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(TimeSpan.FromSeconds(2))));
        await session.Stop();
        await using var taken = await second.WaitAsync(TimeSpan.FromSeconds(30));
        await taken.StopAsync();
    }

    [Fact]
    public async Task Samples_and_agents_are_found()
    {
        await using var session = await ArchiveSession.Start(("Archive:Samples:BehindLimit", "90.00:00:00"));
        var now = session.Clock.GetUtcNow();
        var sent = TimeProvider.System.GetUtcNow();
        Dictionary<string, string> host = new() { ["host"] = "web-1" };
        await session.Publish(new SamplesReported
        {
            BatchId = Guid.NewGuid(), Source = "metrics",
            Samples = [.. Enumerable.Range(0, 10).Select(i => new Sample { Series = "cpu", Labels = host, Value = i, At = sent.AddSeconds(-i) }),
                new Sample { Series = "old", Labels = host, Value = 1, At = sent.AddYears(-1) }],
        });
        await session.Publish(new BeatsReported
        {
            BatchId = Guid.NewGuid(), Source = "agents", Beats =
            [
                new Beat { Labels = host, At = now.AddMinutes(-1), Fails = true, Text = "exit code 2" },
                new Beat { Labels = new Dictionary<string, string> { ["host"] = "web-2" }, At = now.AddHours(-1) },
                new Beat { Labels = new Dictionary<string, string> { ["host"] = "web-3" }, At = now.AddHours(1) },
            ],
        });
        var range = $"from={Uri.EscapeDataString($"{sent.AddMinutes(-1):O}")}&to={Uri.EscapeDataString($"{sent.AddMinutes(1):O}")}";
        var samples = await Await.Until(() => session.Get($"samples?name=cpu&label=host%3Dweb-1&step=60&{range}"),
            answer => answer.GetProperty("series").GetArrayLength() == 1, "there is a series");
        var points = samples.GetProperty("series")[0].GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(10, points.Sum(point => point.GetProperty("count").GetInt64()));
        Assert.Equal((0.0, 9.0),
            (points.Min(point => point.GetProperty("min").GetDouble()), points.Max(point => point.GetProperty("max").GetDouble())));
        Assert.Equal("""{"items":[{"name":"cpu","labels":{"host":"web-1"}}]}""", (await session.Get($"series?name=c*&{range}")).GetRawText());

        var agents = await Await.Until(async () => (await session.Get("agents")).GetProperty("items").EnumerateArray().ToList(),
            all => all.Count == 3, "all agents are listed");
        Assert.Equal(["web-2 silent", "web-1 failing exit code 2", "web-3 heard"], agents.Select(agent => string.Join(' ', ((string?[])
            [agent.GetProperty("labels").GetProperty("host").GetString(), agent.GetProperty("state").GetString(),
            agent.TryGetProperty("text", out var text) ? text.GetString() : null]).OfType<string>())));
        var page = await session.Get("agents?limit=1");
        Assert.Equal("web-1", (await session.Get($"agents?limit=1&after={page.GetProperty("next").GetString()}")).GetProperty("items")[0]
            .GetProperty("labels").GetProperty("host").GetString());
        Assert.Equal(1, (await session.Get("agents?state=silent")).GetProperty("items").GetArrayLength());
    }
}
