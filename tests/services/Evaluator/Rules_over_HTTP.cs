using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Evaluator.Rules;

namespace Sigma.ServiceTests.Evaluator;

public sealed class Rules_over_HTTP
{
    static readonly object Five = new { Name = "five", Threshold = 5 };

    [Fact]
    public async Task No_endpoint_answers_without_the_key()
    {
        await using var session = await EvaluatorSession.Start();
        var endpoints = session.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/internal/", StringComparison.Ordinal)).ToList();
        Assert.True(endpoints.Count > 15);
        using HttpClient stranger = new() { BaseAddress = session.Http.BaseAddress };
        foreach (var endpoint in endpoints)
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single();
            var path = endpoint.RoutePattern.RawText!.Replace("{id:guid}", $"{Guid.NewGuid()}");
            using var answer = await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.True(answer.StatusCode == System.Net.HttpStatusCode.Unauthorized, $"{method} {path} answers {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_change_of_somebody_else_is_not_lost()
    {
        await using var session = await EvaluatorSession.Start();

        var made = await session.Send(HttpMethod.Put, "rule?name=five", new { rule = Five, by = "José" }, ifNoneMatch: "*");
        Assert.Equal((200, "\"1\""), (made.Status, made.Tag));
        Assert.Equal("\"1\"", (await session.Send(HttpMethod.Get, "rule?name=five")).Tag);

        var anew = await session.Send(HttpMethod.Put, "rule?name=five", new { rule = new { Name = "five", Threshold = 7 }, by = "Rui" },
            ifNoneMatch: "*");
        Assert.Equal((412, "the rule five is by revision 1 now, not 0: somebody has changed it meanwhile"), (anew.Status, anew.Detail));

        object six = new { rule = new { Name = "five", Threshold = 6 }, by = "Ana", why = "five are too few" };
        Assert.Equal("\"2\"", (await session.Send(HttpMethod.Put, "rule?name=five", six, ifMatch: "\"1\"")).Tag);
        Assert.Equal("\"2\"", (await session.Send(HttpMethod.Put, "rule?name=five", six, ifMatch: "\"1\"")).Tag); // its answer got lost
        Assert.Equal(412, (await session.Post("rule/mode?name=five", new { mode = "off", by = "Rui" }, ifMatch: "\"1\"")).Status);
        Assert.Equal(412, (await session.Post("rule/remove?name=five", new { by = "Rui" }, ifMatch: "\"1\"")).Status);
        Assert.Equal(412, (await session.Post("rules", new { rules = new[] { Five }, by = "Rui" }, ifMatch: "\"1\"")).Status);

        var shown = await session.Get("rule?name=five");
        Assert.Equal((6, "five are too few", "Ana"), (shown.GetProperty("rule").GetProperty("Threshold").GetInt32(),
            shown.GetProperty("why").GetString(), shown.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task Rules_are_made_looked_at_changed_cloned_and_removed()
    {
        await using var session = await EvaluatorSession.Start();

        var made = await session.Post("rules", new { rules = new[] { Five, new { Name = "a/b & c", Threshold = 9 } }, by = "Ana" }, ifMatch: "\"0\"");
        Assert.Equal(["five made 1", "a/b & c made 2"], Changes(made));
        Assert.Equal(["shadow"], Values((await Changed("rule/mode?name=five", new { mode = "shadow", by = "Ana" })).Body, "mode"));
        Assert.Equal(["five rolled back to 1 4"], Changes(await session.Post("rule/rollback?name=five", new { revision = 1, by = "Ana" })));
        Assert.Equal(["six cloned from five 5"], Changes(await session.Post("rule/clone?name=five", new { name = "six", by = "Ana" })));
        Assert.Equal(["a/b & c removed 6"],
            Changes(await session.Post($"rule/remove?name={Uri.EscapeDataString("a/b & c")}", new { by = "Ana", why = "it was a try" })));

        var all = await session.Send(HttpMethod.Get, "rules");
        Assert.Equal("\"6\"", all.Tag);
        Assert.Equal(["excess-of-events True", "reported:* True", "silent:* True", "five False", "six False"],
            all.Body.GetProperty("rules").EnumerateArray()
            .Select(rule => $"{rule.GetProperty("name").GetString()} {rule.GetProperty("isProvisioned").GetBoolean()}"));
        var builtIn = await session.Get("rule?name=reported:grafana");
        Assert.Equal((true, "grafana", "external"), (builtIn.GetProperty("isBuiltIn").GetBoolean(), builtIn.GetProperty("source").GetString(),
            builtIn.GetProperty("kind").GetString()));
        var difference = (await session.Get("rule/difference?name=five&from=3&to=4")).GetProperty("fields");
        Assert.Equal("Mode shadow", $"{difference[0].GetProperty("field").GetString()} {difference[0].GetProperty("before").GetString()}");
        Assert.Equal("shadow", (await session.Get("rule?name=five&revision=3")).GetProperty("mode").GetString());

        var first = await session.Get("rules/revisions?limit=4");
        Assert.Equal([6, 5, 4, 3], Revisions(first));
        Assert.Equal([2, 1], Revisions(await session.Get($"rules/revisions?limit=4&after={first.GetProperty("next").GetString()}")));
        Assert.Equal([4, 3, 1], Revisions(await session.Get("rules/revisions?name=five")));

        async Task<Answer> Changed(string path, object body)
        {
            Assert.Equal(200, (await session.Post(path, body)).Status);
            return await session.Send(HttpMethod.Get, "rule?name=five");
        }
    }

    [Fact]
    public async Task What_is_refused_says_why_and_changes_nothing()
    {
        await using var session = await EvaluatorSession.Start();
        await session.Post("rules", new { rules = new[] { Five }, by = "Ana" });

        Assert.Equal((422, "Threshold must be between 1 and 1000000"), await Put("five", new { Name = "five", Threshold = 0 }));
        Assert.Equal((422, "Name is six, and the address names five: a rule renamed is another rule"), await Put("five", new { Name = "six" }));
        Assert.Equal(422, (await Put("five", new { Name = "five", Moon = "full" })).Status);
        Assert.Equal(409, (await Put("excess-of-events", new { Name = "excess-of-events" })).Status);
        object six = new { Name = "five", Threshold = 6 };
        Assert.Equal(422, (await session.Send(HttpMethod.Put, "rule?name=five", new { rule = six, by = "" })).Status);
        Assert.Equal(400, (await session.Send(HttpMethod.Put, "rule?name=five", new { rule = six })).Status);
        Assert.Equal(400, (await session.Send(HttpMethod.Put, "rule", new { rule = Five, by = "Ana" })).Status);
        Assert.Equal(404, (await session.Post("rule/mode?name=six", new { mode = "off", by = "Ana" })).Status);
        Assert.Equal(400, (await session.Post("rule/mode?name=five", new { mode = "loud", by = "Ana" })).Status);
        Assert.Equal(404, (await session.Post("rule/rollback?name=five", new { revision = 9, by = "Ana" })).Status);
        Assert.Equal(409, (await session.Post("rule/clone?name=five", new { name = "excess-of-events", by = "Ana" })).Status);
        Assert.Equal(404, (await session.Send(HttpMethod.Get, "rule?name=six")).Status);
        Assert.Equal(404, (await session.Send(HttpMethod.Get, "rule?name=five&revision=9")).Status);
        Assert.Equal(400, (await session.Send(HttpMethod.Get, "rule?name=five&revision=last")).Status);
        Assert.Equal(404, (await session.Send(HttpMethod.Get, "rule/difference?name=six&from=1")).Status);

        Assert.Equal([1], Revisions(await session.Get("rules/revisions")));

        async Task<(int Status, string? Detail)> Put(string name, object rule) =>
            Refusal(await session.Send(HttpMethod.Put, $"rule?name={name}", new { rule, by = "Ana" }));
    }

    [Fact]
    public async Task Faults_are_told_before_anything_is_put()
    {
        await using var session = await EvaluatorSession.Start();

        var faults = (await session.Post("rules/check", new { rules = new object[] { Five, new { Threshold = 0 } } })).Body.GetProperty("faults");
        Assert.Contains("rule 2: Name is required", faults.EnumerateArray().Select(fault => fault.GetString()));
        Assert.Contains("rule 2: Threshold must be between 1 and 1000000", faults.EnumerateArray().Select(fault => fault.GetString()));
        Assert.Equal(0, (await session.Post("rules/check", new { rules = new[] { Five } })).Body.GetProperty("faults").GetArrayLength());
        Assert.Equal(1, (await session.Post("rules/check", new { rules = new[] { new { Name = "excess-of-events" } } })).Body.GetProperty("faults")
            .GetArrayLength());
        Assert.Empty((await session.Get("rules/revisions")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task One_that_only_a_newer_version_can_read_is_shown_with_what_is_wrong()
    {
        await using var session = await EvaluatorSession.Start();
        await using (var change = await session.Database.Begin(CancellationToken.None))
        {
            await RuleBook.Revisions.Lock(change, CancellationToken.None);
            await RuleBook.Revisions.Write(change, "five", "made", """{"Name":"five","Moon":"full"}""", "a newer version", null,
                EvaluatorSession.Noon, CancellationToken.None);
            await change.Commit(CancellationToken.None);
        }

        foreach (var path in (string[])["rule?name=five", "rule?name=five&revision=1"])
        {
            var shown = await session.Get(path);
            Assert.Contains("Moon", shown.GetProperty("fault").GetString());
            Assert.False(shown.TryGetProperty("rule", out _));
        }
        Assert.Equal(422, (await session.Send(HttpMethod.Get, "rule/difference?name=five&from=1")).Status);
    }

    [Fact]
    public async Task A_backtest_says_how_far_it_is_and_what_would_have_been()
    {
        await using var session = await EvaluatorSession.Start();
        await session.Raise("100");
        await session.Feed(7, "200");
        await Await.Until(() => session.Count("select count(*) from evaluator_events"), count => count == 27, "all is stored");

        var lines = await Backtest(session, new { rule = Five, days = 1 });
        var summary = lines.Single(line => line.GetProperty("kind").GetString() == "backtest");
        Assert.Equal((27, 2, 2, 2), (summary.GetProperty("events").GetInt32(), summary.GetProperty("keys").GetInt32(),
            summary.GetProperty("alerts").GetInt32(), summary.GetProperty("shown").GetInt32()));
        Assert.Equal(["100", "200"], lines.Where(line => line.GetProperty("kind").GetString() == "alert")
            .Select(line => line.GetProperty("labels").GetProperty("account").GetString()!).Order());
        Assert.Single(await Backtest(session, new { name = "excess-of-events", days = 1 }),
            line => line.GetProperty("kind").GetString() == "alert");

        Assert.Equal(404, (await session.Post("backtests", new { name = "none" })).Status);
        Assert.Equal(422, (await session.Post("backtests", new { })).Status);
        Assert.Equal(422, (await session.Post("backtests", new { rule = Five, days = 0 })).Status);
        Assert.Equal(422, (await session.Post("backtests", new { rule = Five, name = "five" })).Status);
        Assert.Equal(422, (await session.Post("backtests", new { rule = new { Name = "five", Threshold = 0 } })).Status);
        object silent = new { Name = "silent", Kind = "absence", After = "00:05:00", Source = "agents" };
        Assert.Equal((422, "silent is of the kind absence: only of events a history is kept"),
            Refusal(await session.Post("backtests", new { rule = silent })));
    }

    static async Task<List<JsonElement>> Backtest(EvaluatorSession session, object question)
    {
        using var answer = await session.Http.PostAsJsonAsync("backtests", question);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        return [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    static (int Status, string? Detail) Refusal(Answer answer) => (answer.Status, answer.Detail);

    static IEnumerable<string> Changes(Answer answer) => answer.Body.GetProperty("changes").EnumerateArray().Select(change =>
        $"{change.GetProperty("name").GetString()} {change.GetProperty("change").GetString()} {change.GetProperty("revision").GetInt64()}");

    static IEnumerable<string?> Values(JsonElement body, string name) => [body.GetProperty(name).GetString()];

    static IEnumerable<int> Revisions(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(revision => revision.GetProperty("revision").GetInt32());
}
