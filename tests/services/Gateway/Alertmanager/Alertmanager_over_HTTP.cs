using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Contracts;
using Sigma.ServiceTests.Gateway.Senders;

namespace Sigma.ServiceTests.Gateway.Alertmanager;

/// <summary>Alertmanager's API as Prometheus, amtool and Karma speak it.</summary>
public sealed class Alertmanager_over_HTTP
{
    [Fact]
    public async Task Keeps_alerts_before_it_says_200()
    {
        await using var gateway = await SenderSession.Start();
        using (var answer = await gateway.Post("/api/v2/alerts", Payload.Text("alertmanager/api-v2-post-no-times.json"), SenderSession.Alerts))
            Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(1, await gateway.Kept("kept"));
        await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count == 6, "all are published");
        Assert.All(gateway.News.Conditions, condition => Assert.Equal((ConditionState.Firing, "north", "DiskRunningFull"),
            (condition.State, condition.Labels["site"], condition.Labels["alertname"])));
        Assert.Equal(6, gateway.News.Conditions.Select(condition => condition.ExternalId).Distinct().Count());
    }

    [Fact]
    public async Task Ends_what_ends_in_the_past_and_holds_what_ends_in_the_future()
    {
        await using var gateway = await SenderSession.Start();
        var now = TimeProvider.System.GetUtcNow();
        string Alert(DateTimeOffset ends) =>
            $$"""[{"labels":{"alertname":"Down"},"startsAt":"{{now.AddMinutes(-9):O}}","endsAt":"{{ends:O}}"}]""";
        using (await gateway.Post("/api/v2/alerts", Alert(now.AddMinutes(4)), SenderSession.Alerts))
            await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count == 1, "it is published");
        using (await gateway.Post("/api/v2/alerts", Alert(now.AddSeconds(-1)), SenderSession.Alerts))
            await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count == 2, "its end is published");
        var conditions = gateway.News.Conditions.ToArray();
        Assert.Equal((ConditionState.Firing, ConditionState.Resolved), (conditions[0].State, conditions[1].State));
        Assert.Equal(now.AddMinutes(4), conditions[0].LeaseUntil!.Value, TimeSpan.FromSeconds(1));
        Assert.True(conditions[1].ReportedAt >= conditions[0].ReportedAt);
        Assert.Equal(conditions[0].ExternalId, conditions[1].ExternalId);
    }

    [Fact]
    public async Task Takes_the_right_ones_of_a_batch_and_says_which_are_wrong()
    {
        await using var gateway = await SenderSession.Start();
        const string body = """[{"labels":{"alertname":"a"}},{"labels":{}},{"labels":{"alertname":"b"},"startsAt":"soon"}]""";
        using (var answer = await gateway.Post("/api/v2/alerts", body, SenderSession.Alerts))
            Assert.Equal((HttpStatusCode.BadRequest, "[1].labels: there are none; [2].startsAt: is no time: soon"),
                (answer.StatusCode, JsonSerializer.Deserialize<string>(await answer.Content.ReadAsStringAsync())));
        using (var old = await gateway.Post("/api/v1/alerts", """[{"labels":{"alertname":"c"}}]""", SenderSession.Alerts))
            Assert.Equal((HttpStatusCode.OK, """{"status":"success"}"""), (old.StatusCode, await old.Content.ReadAsStringAsync()));
        await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count == 2, "the right ones are published");
        using (var wrong = await gateway.Post("/api/v2/alerts", """[{"labels":""", SenderSession.Alerts))
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using (var deep = await gateway.Post("/api/v2/alerts", """[{"x":""" + new string('[', 100_000), SenderSession.Alerts))
            Assert.Equal(HttpStatusCode.BadRequest, deep.StatusCode);
        Assert.Equal(2, await gateway.Kept("malformed"));
        using var empty = await gateway.Post("/api/v2/alerts", "[]", SenderSession.Alerts);
        Assert.Equal(HttpStatusCode.OK, empty.StatusCode);
    }

    [Fact]
    public async Task Wants_the_key_of_an_integration_of_its_kind_for_everything()
    {
        await using var gateway = await SenderSession.Start();
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/v2/alerts"), (HttpMethod.Get, "/api/v2/alerts"),
            (HttpMethod.Get, "/api/v2/alerts/groups"), (HttpMethod.Get, "/api/v2/silences"), (HttpMethod.Post, "/api/v2/silences"),
            (HttpMethod.Get, $"/api/v2/silence/{Guid.Empty}"), (HttpMethod.Delete, $"/api/v2/silence/{Guid.Empty}"),
            (HttpMethod.Get, "/api/v2/status"), (HttpMethod.Get, "/api/v2/receivers"), (HttpMethod.Post, "/api/v1/alerts") })
            foreach (var (key, expected) in new[] { (null, HttpStatusCode.Unauthorized), ("nobodys-key-at-all", HttpStatusCode.Unauthorized),
                (SenderSession.Metrics, HttpStatusCode.Forbidden) })
            {
                using var answer = await gateway.Send(method, path, method == HttpMethod.Post ? "[]"u8.ToArray() : null, key, "application/json");
                Assert.True(expected == answer.StatusCode, $"{method} {path} by {key}: {answer.StatusCode}");
            }
        foreach (var path in (string[])["/-/healthy", "/-/ready"])
            Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Lists_what_is_raised_of_its_own_integration()
    {
        await using var others = await OtherServices.Start();
        await using var gateway = await Start(others);
        others.Raised["our-alertmanager"] = [Raised("Down", "i1", "critical"), Raised("Full", "i2", "medium")];
        others.Raised["somebody-else"] = [Raised("Secret", "x", "high")];

        var all = await Get(gateway, "/api/v2/alerts");
        Assert.Equal(["Down", "Full"], all.EnumerateArray().Select(alert => alert.GetProperty("labels").GetProperty("alertname").GetString()));
        Assert.Equal(("active", "sigma", "critical"), (all[0].GetProperty("status").GetProperty("state").GetString(),
            all[0].GetProperty("receivers")[0].GetProperty("name").GetString(), all[0].GetProperty("labels").GetProperty("severity").GetString()));
        Assert.False(all[0].GetProperty("labels").TryGetProperty("integration", out _));
        Assert.Equal(16, all[0].GetProperty("fingerprint").GetString()!.Length);
        Assert.Equal(1, (await Get(gateway, "/api/v2/alerts?filter=alertname%3D%22Down%22")).GetArrayLength());
        Assert.Equal(1, (await Get(gateway, "/api/v2/alerts?filter=alertname!~%22D.*%22")).GetArrayLength());
        Assert.Equal(0, (await Get(gateway, "/api/v2/alerts?active=false")).GetArrayLength());
        Assert.Equal(0, (await Get(gateway, "/api/v2/alerts?receiver=other")).GetArrayLength());
        Assert.Equal(["Down", "Full"], (await Get(gateway, "/api/v2/alerts/groups")).EnumerateArray()
            .Select(group => group.GetProperty("labels").GetProperty("alertname").GetString()));
        using var wrong = await gateway.Send(HttpMethod.Get, "/api/v2/alerts?filter=nonsense", null, SenderSession.Alerts);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Silences_its_own_integrations_alerts_and_no_others()
    {
        await using var others = await OtherServices.Start();
        await using var gateway = await Start(others);
        others.Raised["our-alertmanager"] = [Raised("Down", "i1", "critical"), Raised("Full", "i2", "medium")];
        others.Silences["00000000-0000-0000-0000-000000000001"] = new JsonObject
        {
            ["id"] = "00000000-0000-0000-0000-000000000001", ["matchers"] = new JsonArray("source=somebody-else"),
            ["until"] = TimeProvider.System.GetUtcNow().AddHours(1), ["by"] = "Ana", ["why"] = "theirs", ["state"] = "active",
        };
        var now = TimeProvider.System.GetUtcNow();
        var order = $$"""
            {"matchers":[{"name":"alertname","value":"Do.*","isRegex":true,"isEqual":true}],"startsAt":"{{now:O}}",
             "endsAt":"{{now.AddHours(1):O}}","createdBy":"Ana","comment":"repair"}
            """;
        var id = (await Post(gateway, order)).GetProperty("silenceID").GetString()!;
        Assert.Equal(id, (await Post(gateway, order)).GetProperty("silenceID").GetString()); // sent twice it is one
        Assert.Equal(["source=our-alertmanager", "alertname=~\"Do.*\""], others.Silences[id]["matchers"]!.AsArray().Select(m => (string?)m));

        var listed = Assert.Single((await Get(gateway, "/api/v2/silences")).EnumerateArray());
        Assert.Equal((id, "active", "Ana", "repair"), (listed.GetProperty("id").GetString(),
            listed.GetProperty("status").GetProperty("state").GetString(), listed.GetProperty("createdBy").GetString(),
            listed.GetProperty("comment").GetString()));
        Assert.Equal("alertname", Assert.Single(listed.GetProperty("matchers").EnumerateArray()).GetProperty("name").GetString());
        var held = Assert.Single((await Get(gateway, "/api/v2/alerts?active=false")).EnumerateArray());
        Assert.Equal(("suppressed", id), (held.GetProperty("status").GetProperty("state").GetString(),
            held.GetProperty("status").GetProperty("silencedBy")[0].GetString()));
        Assert.Equal(1, (await Get(gateway, "/api/v2/alerts?silenced=false")).GetArrayLength());

        using (var theirs = await gateway.Send(HttpMethod.Delete, "/api/v2/silence/00000000-0000-0000-0000-000000000001", null,
            SenderSession.Alerts))
            Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
        using (var ended = await gateway.Send(HttpMethod.Delete, $"/api/v2/silence/{id}", null, SenderSession.Alerts))
            Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal("expired", (await Get(gateway, $"/api/v2/silence/{id}")).GetProperty("status").GetProperty("state").GetString());
        Assert.NotEqual(id, (await Post(gateway, order)).GetProperty("silenceID").GetString()); // wanted anew after its end
    }

    [Theory]
    [InlineData("""{"matchers":[],"endsAt":"2999-01-01T00:00:00Z"}""", "matchers")]
    [InlineData("""{"matchers":[{"name":"a","value":"b"}],"endsAt":"2001-01-01T00:00:00Z"}""", "past")]
    [InlineData("""{"matchers":[{"name":"a","value":".*","isRegex":true}],"endsAt":"2999-01-01T00:00:00Z"}""", "empty string")]
    [InlineData("""{"matchers":[{"name":"a","value":"(","isRegex":true}],"endsAt":"2999-01-01T00:00:00Z"}""", "pattern")]
    [InlineData("""{"matchers":[{"name":"source","value":"x"}],"endsAt":"2999-01-01T00:00:00Z"}""", "source")]
    [InlineData("""{"matchers":[null],"endsAt":"2999-01-01T00:00:00Z"}""", "a name and a value")]
    [InlineData("""{"matchers":7}""", "no silence")]
    public async Task Refuses_a_silence_that_is_none(string body, string reason)
    {
        await using var others = await OtherServices.Start();
        await using var gateway = await Start(others);
        using var answer = await gateway.Post("/api/v2/silences", body, SenderSession.Alerts);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(others.Silences);
    }

    [Fact]
    public async Task Takes_alerts_while_the_other_services_are_away_and_says_that_they_are()
    {
        await using var gateway = await SenderSession.Start(("Gateway:Evaluator", "http://127.0.0.1:9"), ("Gateway:Notifier", "http://127.0.0.1:9"));
        using (var taken = await gateway.Post("/api/v2/alerts", """[{"labels":{"alertname":"a"}}]""", SenderSession.Alerts))
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        foreach (var path in (string[])["/api/v2/alerts", "/api/v2/silences"])
        {
            using var answer = await gateway.Send(HttpMethod.Get, path, null, SenderSession.Alerts);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (answer.StatusCode, answer.Headers.RetryAfter is not null));
            Assert.Contains("does not answer", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    static Task<SenderSession> Start(OtherServices others) =>
        SenderSession.Start(("Gateway:Evaluator", others.Url), ("Gateway:Notifier", others.Url));

    static async Task<JsonElement> Get(SenderSession gateway, string path)
    {
        using var answer = await gateway.Send(HttpMethod.Get, path, null, SenderSession.Alerts);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    static async Task<JsonElement> Post(SenderSession gateway, string silence)
    {
        using var answer = await gateway.Post("/api/v2/silences", silence, SenderSession.Alerts);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    static JsonObject Raised(string name, string instance, string severity) => new()
    {
        ["alertId"] = Guid.NewGuid(), ["rule"] = "reported", ["kind"] = "external", ["source"] = "our-alertmanager", ["severity"] = severity,
        ["labels"] = new JsonObject { ["alertname"] = name, ["instance"] = instance, ["integration"] = "our-alertmanager" },
        ["raisedAt"] = TimeProvider.System.GetUtcNow(), ["summary"] = $"{name} of {instance}",
    };
}
