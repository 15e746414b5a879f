using Sigma.ServiceTests.Evaluator;

namespace Sigma.ServiceTests.Gateway.Integrations;

/// <summary>Integrations over the internal API: made with a key that is shown once, changed, given a new key, taken away.</summary>
public sealed class Integrations_that_people_make
{
    const string Firing = """{"id":"a","status":"firing","title":"x"}""";

    [Fact]
    public async Task May_send_at_once_and_at_every_gateway_within_seconds()
    {
        await using var gateway = await GatewaySession.Start();
        await using var other = await GatewaySession.Start(gateway.File, _ => { });
        var key = KeyOf(await Put(gateway, "till"));
        Assert.Equal(200, (await gateway.Send(Firing, "/in/till", key)).Status);
        await Await.Until(async () => (await other.Send(Firing, "/in/till", key)).Status, status => status == 200, "the other gateway knows it");
        foreach (var path in (string[])["integrations", "integrations/till", "integrations/till/revisions"])
            Assert.DoesNotContain(key, (await gateway.Ask(HttpMethod.Get, path)).Body.GetRawText());
        await using var session = await gateway.Database.Begin(CancellationToken.None);
        Assert.DoesNotContain(key, await session.First<string>("select body from gateway_revisions", null, CancellationToken.None));
    }

    [Fact]
    public async Task Keep_their_key_when_they_are_changed_and_their_former_one_for_a_while_when_they_get_another()
    {
        await using var gateway = await GatewaySession.Start(("Gateway:FormerKeyCounts", "00:10:00"));
        var first = KeyOf(await Put(gateway, "till"));
        var changed = await Put(gateway, "till", severity: "high");
        Assert.Equal("changed", changed.Body.GetProperty("change").GetString());
        Assert.False(changed.Body.TryGetProperty("key", out _));
        var second = KeyOf(await gateway.Ask(HttpMethod.Post, "integrations/till/key", new { by = "ana" }));
        foreach (var key in (string[])[first, second])
            Assert.Equal(200, (await gateway.Send(Firing, "/in/till", key)).Status);
        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(401, (await gateway.Send(Firing, "/in/till", first)).Status);
        Assert.Equal(200, (await gateway.Send(Firing, "/in/till", second)).Status);
        var third = KeyOf(await gateway.Ask(HttpMethod.Post, "integrations/till/key", new { by = "ana", formerCounts = false }));
        Assert.Equal(401, (await gateway.Send(Firing, "/in/till", second)).Status);
        Assert.Equal(200, (await gateway.Send(Firing, "/in/till", third)).Status);
    }

    [Fact]
    public async Task Are_what_was_said_of_them_and_nothing_of_it_is_lost()
    {
        await using var gateway = await GatewaySession.Start();
        var says = new
        {
            name = "till", kind = "logs", labels = new { team = "ops" }, defaultSeverity = "low", severityWords = new { schlimm = "critical" },
            settings = new { any = "thing" }, agent = "node", closeAfter = "00:10:00", on = false, ratePerSecond = 7.5, burst = 9,
        };
        Assert.Equal(200, (await gateway.Ask(HttpMethod.Put, "integrations/till", new { integration = says, by = "ana" })).Status);
        var shown = (await gateway.Ask(HttpMethod.Get, "integrations/till")).Body.GetProperty("integration");
        foreach (var said in System.Text.Json.JsonSerializer.SerializeToElement(says).EnumerateObject())
            Assert.Equal(said.Value.GetRawText(), shown.GetProperty(said.Name).GetRawText());
    }

    [Fact]
    public async Task Are_as_by_default_where_nothing_is_said_of_them()
    {
        await using var gateway = await GatewaySession.Start();
        object?[] ways = [new { name = "till", kind = "logs" }, new
        {
            name = "till", kind = "logs", labels = (object?)null, defaultSeverity = (string?)null, severityWords = (object?)null,
            mapping = (object?)null, settings = (object?)null, agent = (string?)null, closeAfter = (string?)null,
        }];
        foreach (var integration in ways)
            Assert.Equal(200, (await gateway.Ask(HttpMethod.Put, "integrations/till", new { integration, by = "ana" })).Status);
        Assert.Single((await gateway.Ask(HttpMethod.Get, "integrations/till/revisions")).Body.GetProperty("items").EnumerateArray());
        var shown = (await gateway.Ask(HttpMethod.Get, "integrations/till")).Body.GetProperty("integration");
        Assert.Equal(("medium", "host,service,app", true), (shown.GetProperty("defaultSeverity").GetString(), shown.GetProperty("agent").GetString(),
            shown.GetProperty("on").GetBoolean()));
    }

    [Fact]
    public async Task Are_refused_when_they_are_taken_away()
    {
        await using var gateway = await GatewaySession.Start();
        var key = KeyOf(await Put(gateway, "till"));
        Assert.Equal(200, (await gateway.Ask(HttpMethod.Delete, "integrations/till?by=ana&why=sold")).Status);
        Assert.Equal(401, (await gateway.Send(Firing, "/in/till", key)).Status);
        Assert.Equal(404, (await gateway.Ask(HttpMethod.Get, "integrations/till")).Status);
        var history = (await gateway.Ask(HttpMethod.Get, "integrations/till/revisions")).Body.GetProperty("items");
        Assert.Equal(["removed", "made"], history.EnumerateArray().Select(change => change.GetProperty("change").GetString()));
        Assert.Equal("sold", history[0].GetProperty("why").GetString());
    }

    [Fact]
    public async Task Are_changed_by_nobody_who_has_not_seen_how_they_are()
    {
        await using var gateway = await GatewaySession.Start();
        var made = await Put(gateway, "till");
        await Put(gateway, "till", severity: "high");
        Assert.Equal(412, (await Put(gateway, "till", severity: "low", ifMatch: made.Tag)).Status);
        Assert.Equal(200, (await Put(gateway, "till", severity: "high", ifMatch: made.Tag)).Status); // it is so already
    }

    [Fact]
    public async Task Say_what_came_of_them_last_however_many_others_have_sent_since()
    {
        await using var gateway = await GatewaySession.Start();
        var till = KeyOf(await Put(gateway, "till"));
        await Put(gateway, "door");
        Assert.Equal(200, (await gateway.Send(Firing, "/in/till", till)).Status);
        Assert.Equal(400, (await gateway.Send("""{"id":""", "/in/till", till)).Status);
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => gateway.Send(Firing.Replace("\"a\"", $"\"a{i}\"", StringComparison.Ordinal))));

        var all = (await gateway.Ask(HttpMethod.Get, "integrations")).Body.GetProperty("integrations").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!);
        Assert.Equal("malformed", all["till"].GetProperty("last").GetProperty("state").GetString());
        Assert.Equal("kept", all["shop"].GetProperty("last").GetProperty("state").GetString());
        Assert.False(all["door"].TryGetProperty("last", out _));
        var one = (await gateway.Ask(HttpMethod.Get, "integrations/till")).Body.GetProperty("last");
        Assert.Equal(all["till"].GetProperty("last").GetProperty("id").GetInt64(), one.GetProperty("id").GetInt64());
        Assert.Equal(await gateway.Count("select max(id) from gateway_intake where integration = 'till'"), one.GetProperty("id").GetInt64());
        Assert.True(Math.Abs((one.GetProperty("receivedAt").GetDateTimeOffset() - gateway.Clock.GetUtcNow()).TotalMinutes) < 2);
    }

    [Theory]
    [InlineData("kind", "telegraph", "Kind"), InlineData("defaultSeverity", "awful", "DefaultSeverity"), InlineData("name", "Not A Name", "Name")]
    [InlineData("closeAfter", "00:00:01", "CloseAfter")]
    public async Task Are_refused_with_the_field_that_is_wrong(string field, string value, string named)
    {
        await using var gateway = await GatewaySession.Start();
        Dictionary<string, object> integration = new() { ["name"] = "till", ["kind"] = "generic", [field] = value };
        var path = $"integrations/{Uri.EscapeDataString((string)integration["name"])}";
        var answer = await gateway.Ask(HttpMethod.Put, path, new { integration, by = "ana" });
        Assert.Equal(422, answer.Status);
        Assert.Contains(named, answer.Detail);
    }

    [Fact]
    public async Task Cannot_take_the_place_of_the_settings_own()
    {
        await using var gateway = await GatewaySession.Start();
        Assert.Equal(409, (await Put(gateway, "shop")).Status);
        var shop = (await gateway.Ask(HttpMethod.Get, "integrations/shop")).Body;
        Assert.True(shop.GetProperty("isProvisioned").GetBoolean());
        Assert.DoesNotContain(GatewaySession.ShopKey, shop.GetRawText());
    }

    static Task<Answer> Put(GatewaySession gateway, string name, string severity = "medium", string? ifMatch = null) =>
        gateway.Ask(HttpMethod.Put, $"integrations/{name}",
            new { integration = new { name, kind = "generic", defaultSeverity = severity }, by = "ana" }, ifMatch);

    static string KeyOf(Answer answer)
    {
        Assert.Equal(200, answer.Status);
        var key = answer.Body.GetProperty("key").GetString()!;
        Assert.True(key.Length >= 40);
        return key;
    }
}
