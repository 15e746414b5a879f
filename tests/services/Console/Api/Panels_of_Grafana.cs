using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Archive;
using Sigma.Contracts;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Projection;
using Sigma.ServiceTests.Console.Alerts;
using Sigma.ServiceTests.Console.Operations;

namespace Sigma.ServiceTests.Console.Api;

/// <summary>A console with an archive, asked as Grafana's data source SimpleJSON asks.</summary>
public sealed class Panels_of_Grafana : IAsyncLifetime
{
    // Every 30 seconds for six hours.
    const int Values = 720;

    static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-panels-");
    ConsoleSession _console = null!;

    public async Task InitializeAsync() => _console = await ConsoleSession.Start(service => service.AddArchive().AddConsole(),
        ("Console:Archive", ""), ("Archive:Folder", Path.Combine(_folder.FullName, "archive")));

    public async Task DisposeAsync()
    {
        await _console.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Get_each_target_of_the_captured_request_value_first_and_no_more_points_than_they_want()
    {
        await Measure("upper_50", ("city", "Berlin"));
        await Measure("upper_50", ("city", "Bonn"));
        await Measure("upper_75", ("city", "Berlin"), ("host", "a"));
        await Measure("upper_75", ("city", "Berlin"), ("host", "b"));
        var program = await Grafana(Role.Viewer);
        var request = Captured();
        var answers = await Await.Until(() => Post(program, "query", request), found => found.GetArrayLength() == 3
            && found.EnumerateArray().Sum(Sum) > 3 * 540, "all values are kept");

        Assert.Equal(["upper_50", "upper_75{city=Berlin, host=a}", "upper_75{city=Berlin, host=b}"],
            answers.EnumerateArray().Select(answer => answer.GetProperty("target").GetString()!));
        Assert.All(answers.EnumerateArray(), answer => Assert.Equal(["datapoints", "target"],
            answer.EnumerateObject().Select(property => property.Name).Order()));
        CheckPoints(answers, 550);

        request["maxDataPoints"] = 7;
        CheckPoints(await Post(program, "query", request), 7);
        request["adhocFilters"] = JsonNode.Parse("""[{ "key": "host", "operator": "!=", "value": "a" }]""");
        Assert.Equal(["upper_50{city=Berlin}", "upper_50{city=Bonn}", "upper_75"], (await Post(program, "query", request)).EnumerateArray()
            .Select(answer => answer.GetProperty("target").GetString()!));

        Assert.Equal(["alerts", "upper_50", "upper_75"], Texts(await Post(program, "search", new { target = "" })));
        Assert.Equal(["upper_75"], Texts(await Post(program, "search", new { target = "upper_7", type = "timeserie" })));
        Assert.Equal(["city", "host"], Tags(await Post(program, "tag-keys", new { })));
        Assert.Equal(["Berlin", "Bonn"], Tags(await Post(program, "tag-values", new { key = "City" })));

        // Who is limited sees no series, as on the page.
        var limited = await Grafana(Role.Administrator, ("account", "7"));
        Assert.Equal("[]", (await Post(limited, "query", Captured())).GetRawText());
        Assert.Equal(["alerts"], Texts(await Post(limited, "search", new { target = "" })));
        Assert.Equal("[]", (await Post(limited, "tag-keys", new { })).GetRawText());
        Assert.Equal("[]", (await Post(limited, "tag-values", new { key = "city" })).GetRawText());
    }

    [Fact]
    public async Task Get_the_alerts_that_who_asks_may_see()
    {
        var mine = AlertsSession.Raised("7", "critical", at: Now.AddHours(-1), summary: "Smoke");
        var others = AlertsSession.Raised("666", at: Now.AddHours(-2));
        var over = AlertsSession.Raised("7", rule: "silence", at: Now.AddHours(-3));
        var old = AlertsSession.Raised("7", at: Now.AddDays(-2));
        await _console.Services.GetRequiredService<AlertWriter>().Store(
        [
            .. new[] { mine, others, over, old }.Select(alert => ProjectedMessages.Of(alert)),
            ProjectedMessages.Of(AlertsSession.Cleared(over, Now.AddHours(-2.5))),
            ProjectedMessages.Of(AlertsSession.Cleared(old, Now.AddDays(-1))),
        ], CancellationToken.None);
        var board = _console.Services.GetRequiredService<RaisedAlerts>();
        board.Wake();
        await Await.Until(() => Task.FromResult(board.Current.Raised), raised => raised == 2, "the board shows them");
        var everybody = await Grafana(Role.Viewer);
        var limited = await Grafana(Role.Viewer, ("account", "7"));

        Assert.Equal(["7", "666"], Column(await Post(everybody, "query", Alerts("table")), "Account"));
        Assert.Equal(["7"], Column(await Post(limited, "query", Alerts("table")), "Account"));
        Assert.Equal(["666"], Column(await Post(everybody, "query", Alerts("table", "severity", "!=", "critical")), "Account"));
        var table = (await Post(limited, "query", Alerts("table")))[0];
        Assert.Equal("table", table.GetProperty("type").GetString());
        Assert.Equal(mine.RaisedAt.ToUnixTimeMilliseconds(), table.GetProperty("rows")[0][0].GetInt64());
        Assert.All(table.GetProperty("rows").EnumerateArray(),
            row => Assert.Equal(table.GetProperty("columns").GetArrayLength(), row.GetArrayLength()));
        Assert.Equal(2, (await Post(everybody, "query", Alerts("timeserie")))[0].GetProperty("datapoints")[0][0].GetInt32());
        Assert.Equal(1, (await Post(limited, "query", Alerts("timeserie")))[0].GetProperty("datapoints")[0][0].GetInt32());

        var regions = await Post(limited, "annotations", Marks(""));
        Assert.Equal([("excess", mine.RaisedAt), ("silence", over.RaisedAt)], regions.EnumerateArray()
            .Select(region => (region.GetProperty("title").GetString()!, Time(region.GetProperty("time")))));
        Assert.Equal(Now.AddHours(-2.5), Time(regions[1].GetProperty("timeEnd")));
        Assert.InRange(Time(regions[0].GetProperty("timeEnd")), Now, Now.AddMinutes(10)); // it lasts
        Assert.True(regions[0].GetProperty("isRegion").GetBoolean());
        Assert.Equal("Smoke", regions[0].GetProperty("text").GetString());
        Assert.Equal(["critical", "segware", "account=7", "code=E130"], Texts(regions[0].GetProperty("tags")));
        Assert.Equal(3, (await Post(everybody, "annotations", Marks(""))).GetArrayLength());
        Assert.Equal(1, (await Post(everybody, "annotations", Marks("account=666&severity=warning"))).GetArrayLength());

        Assert.Equal(["account", "code", "kind", "rule", "severity", "source"], Tags(await Post(everybody, "tag-keys", new { })));
        Assert.Equal(["666", "7"], Tags(await Post(everybody, "tag-values", new { key = "account" })));
        Assert.Equal(["7"], Tags(await Post(limited, "tag-values", new { key = "account" })));
    }

    [Fact]
    public async Task Get_nothing_for_what_is_not_there_and_a_place_for_what_is_wrong()
    {
        var program = await Grafana(Role.Viewer);
        using (var test = await program.GetAsync("/api/simplejson/"))
            Assert.Equal(HttpStatusCode.OK, test.StatusCode);
        var request = Captured();
        foreach (var targets in (string[])["[]", "null", "[null]", """[{ "refId": "A", "target": null }]""",
            """[{ "target": "", "type": "table" }]""", """[{ "target": "alerts", "hide": true }]""", """[{ "target": "nobody measures it" }]"""])
        {
            request["targets"] = JsonNode.Parse(targets);
            Assert.Equal((targets, "[]"), (targets, (await Post(program, "query", request)).GetRawText()));
        }

        foreach (var (path, body, place) in ((string, string, string)[])
            [("query", "{}", "range.from is"), ("query", """{ "targets": [{ "target": 7 }] }""", "$.targets[0].target"),
            ("query", """{ "range": { "from": "2026-11-20T03:00:00Z", "to": "now" } }""", "range.to is"),
            ("annotations", """{ "annotation": { "query": "ack=perhaps" } }""", "annotation.query: ack is"), ("tag-values", "{}", "key is"),
            ("search", $$"""{ "target": "{{new string('x', 301)}}" }""", "target has"), ("search", "[", "The body cannot be read"),
            ("query", new string('[', 1000), "The body cannot be read")])
        {
            using var answer = await program.PostAsync(path, new StringContent(body, null, "application/json"));
            var said = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && said.Contains(place, StringComparison.Ordinal),
                $"{body}: {answer.StatusCode} {said}");
        }
        using (var large = await program.PostAsync("query", new StringContent($"\"{new string('x', 100_000)}\"", null, "application/json")))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        program.DefaultRequestHeaders.Authorization = null;
        using var stranger = await program.PostAsJsonAsync("query", Captured());
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    async Task<HttpClient> Grafana(Role role, params (string Label, string Value)[] limits)
    {
        var program = await _console.Program(role, limits);
        program.BaseAddress = new Uri(_console.Url, "/api/simplejson/");
        return program;
    }

    Task Measure(string series, params (string Name, string Value)[] labels) => _console.Services.GetRequiredService<IBus>().Publish(
        new SamplesReported
        {
            BatchId = Guid.NewGuid(), Source = "tests", Samples = [.. Enumerable.Range(0, Values).Select(i => new Sample
            {
                Series = series, Labels = labels.ToDictionary(label => label.Name, label => label.Value), Value = 1.5,
                At = Now.AddHours(-6).AddSeconds(30 * i),
            })],
        });

    // Of other six hours than those in which it was captured: the archive keeps nothing that old.
    static JsonObject Captured()
    {
        var request = JsonNode.Parse(Payload.Text("datasource/simplejson-query.json"))!["request"]!.AsObject();
        request["range"]!["from"] = Now.AddHours(-6).UtcDateTime.ToString("O");
        request["range"]!["to"] = Now.UtcDateTime.ToString("O");
        return request;
    }

    static JsonObject Alerts(string type, string? key = null, string? sign = null, string? value = null)
    {
        var request = Captured();
        request["targets"] = new JsonArray(new JsonObject { ["target"] = "alerts", ["refId"] = "A", ["type"] = type });
        request["adhocFilters"] = key is null ? [] : new JsonArray(new JsonObject { ["key"] = key, ["operator"] = sign, ["value"] = value });
        return request;
    }

    static JsonObject Marks(string query)
    {
        var request = Captured();
        request["annotation"] = new JsonObject { ["name"] = "alerts", ["query"] = query, ["enable"] = true, ["iconColor"] = "red" };
        return request;
    }

    static async Task<JsonElement> Post(HttpClient program, string path, object body)
    {
        using var answer = await program.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    static void CheckPoints(JsonElement answers, int most)
    {
        Assert.Equal(3, answers.GetArrayLength());
        foreach (var answer in answers.EnumerateArray())
        {
            var points = answer.GetProperty("datapoints").EnumerateArray().ToList();
            Assert.InRange(points.Count, most / 2, most);
            Assert.All(points, point => Assert.Equal(1.5, point[0].GetDouble()));
            var times = points.Select(point => point[1].GetInt64()).ToList();
            Assert.Equal(times.Order(), times);
            Assert.All(times, time => Assert.InRange(time, Now.AddHours(-6).ToUnixTimeMilliseconds(), Now.ToUnixTimeMilliseconds()));
        }
    }

    static int Sum(JsonElement answer) => answer.GetProperty("datapoints").GetArrayLength();

    static DateTimeOffset Time(JsonElement milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.GetInt64());

    static List<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    static List<string> Tags(JsonElement list) => [.. list.EnumerateArray().Select(tag => tag.GetProperty("text").GetString()!)];

    static List<string> Column(JsonElement answers, string name)
    {
        var table = Assert.Single(answers.EnumerateArray());
        var at = table.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("text").GetString()).ToList().IndexOf(name);
        return [.. table.GetProperty("rows").EnumerateArray().Select(row => row[at].GetString()!)];
    }
}
