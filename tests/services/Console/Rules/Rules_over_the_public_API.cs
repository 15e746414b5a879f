using System.Net.Http.Json;
using System.Text.Json;
using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Rules;

public sealed class Rules_over_the_public_API
{
    const string Five = "rules/rule?name=a%2Fb%20%26%20c";

    [Fact]
    public async Task Rules_are_listed_made_changed_and_removed()
    {
        await using var session = await RulesSession.Start();
        using var engineer = await session.Program(Role.Engineer);

        var made = await Send(engineer, HttpMethod.Put, Five, new { rule = Rule(5), why = "five are many" }, ifNoneMatch: "*");
        Assert.Equal((200, "\"1\"", "made"), (made.Status, made.Tag, made.Body.GetProperty("change").GetString()));
        Assert.Equal("\"2\"", (await Send(engineer, HttpMethod.Put, Five, new { rule = Rule(6) }, ifMatch: "\"1\"")).Tag);
        Assert.Equal(412, (await Send(engineer, HttpMethod.Put, Five, new { rule = Rule(7) }, ifMatch: "\"1\"")).Status);
        Assert.Equal(200, (await Send(engineer, HttpMethod.Post, "rules/rule/mode?name=a%2Fb%20%26%20c", new { mode = "shadow" })).Status);
        var shown = await Send(engineer, HttpMethod.Get, Five);
        Assert.Equal(("\"3\"", "shadow", "a program of a Engineer (token)"), (shown.Tag, shown.Body.GetProperty("mode").GetString(),
            shown.Body.GetProperty("by").GetString()));
        Assert.Equal(6, shown.Body.GetProperty("rule").GetProperty("Threshold").GetInt32());
        Assert.Equal(200, (await Send(engineer, HttpMethod.Post, "rules/rule/rollback?name=a%2Fb%20%26%20c", new { revision = 1 })).Status);
        Assert.Equal(200, (await Send(engineer, HttpMethod.Post, "rules/rule/clone?name=a%2Fb%20%26%20c", new { name = "clone" })).Status);
        Assert.Equal(200, (await Send(engineer, HttpMethod.Delete, $"{Five}&why=a%20try", ifMatch: "\"4\"")).Status);
        Assert.Equal(404, (await Send(engineer, HttpMethod.Get, Five)).Status);

        var all = await Send(engineer, HttpMethod.Get, "rules");
        Assert.Equal(("\"6\"", 4), (all.Tag, all.Body.GetProperty("rules").GetArrayLength()));
        Assert.Equal(5, (await Send(engineer, HttpMethod.Get, "rules/revisions?name=a%2Fb%20%26%20c")).Body.GetProperty("items").GetArrayLength());
        var difference = await Send(engineer, HttpMethod.Get, "rules/rule/difference?name=a%2Fb%20%26%20c&from=1&to=2");
        Assert.Equal("Threshold", difference.Body[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task What_is_wrong_is_a_problem_with_each_fault()
    {
        await using var session = await RulesSession.Start();
        using var engineer = await session.Program(Role.Engineer);

        var refused = await Send(engineer, HttpMethod.Put, Five, new { rule = Rule(0) });
        Assert.Equal((422, "Threshold must be between 1 and 1000000"), (refused.Status, refused.Detail));
        Assert.Equal(1, (await Send(engineer, HttpMethod.Post, "rules/check", new { rule = Rule(0) })).Body.GetProperty("faults").GetArrayLength());
        Assert.Equal(0, (await Send(engineer, HttpMethod.Post, "rules/check", new { rule = Rule(5) })).Body.GetProperty("faults").GetArrayLength());
        Assert.Equal(400, (await Send(engineer, HttpMethod.Put, Five, new { rule = Rule(5), by = "somebody else" })).Status);
        Assert.Equal(422, (await Send(engineer, HttpMethod.Post, "rules/backtests", new { rule = Rule(0) })).Status);
    }

    [Fact]
    public async Task Who_may_not_is_told_so()
    {
        await using var session = await RulesSession.Start();
        foreach (var role in (Role[])[Role.Viewer, Role.Operator])
        {
            using var program = await session.Program(role);
            Assert.Equal(200, (await Send(program, HttpMethod.Get, "rules")).Status);
            Assert.Equal(403, (await Send(program, HttpMethod.Put, Five, new { rule = Rule(5) })).Status);
            Assert.Equal(403, (await Send(program, HttpMethod.Delete, Five)).Status);
            Assert.Equal(403, (await Send(program, HttpMethod.Post, "rules/backtests", new { name = "excess-of-events" })).Status);
        }
        using var limited = await session.Program(Role.Administrator, new(new Dictionary<string, IReadOnlyList<string>> { ["company"] = ["Alfa"] }));
        foreach (var path in (string[])["rules", "rules/rule?name=excess-of-events", "rules/revisions", "rules/rule/difference?name=x&from=1"])
            Assert.Equal((path, 403), (path, (await Send(limited, HttpMethod.Get, path)).Status));
    }

    [Fact]
    public async Task A_backtest_comes_line_by_line()
    {
        await using var session = await RulesSession.Start();
        await session.Evaluator.Raise("100");
        using var engineer = await session.Program(Role.Engineer);
        using var answer = await engineer.PostAsJsonAsync("rules/backtests", new { rule = Rule(5), days = 1 });
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var kinds = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("kind").GetString()).Where(kind => kind != "progress");
        Assert.Equal(["backtest", "alert"], kinds);
    }

    [Fact]
    public async Task An_evaluator_that_is_away_is_said_to_be()
    {
        await using var session = await RulesSession.Start(("Console:Evaluator", "http://127.0.0.1:9"));
        using var engineer = await session.Program(Role.Engineer);
        var away = await Send(engineer, HttpMethod.Get, "rules");
        Assert.Equal(503, away.Status);
        Assert.StartsWith("The evaluator cannot be asked: ", away.Detail);
    }

    static object Rule(int threshold) => new { Name = "a/b & c", Threshold = threshold };

    static Task<Evaluator.Answer> Send(HttpClient program, HttpMethod method, string path, object? body = null, string? ifMatch = null,
        string? ifNoneMatch = null) => RulesSession.Send(program, method, path, body, ifMatch, ifNoneMatch);
}
