using System.Text.Json;

namespace Sigma.ServiceTests.Gateway.Intake;

/// <summary><c>sigma intake …</c>: what was delivered, as it came and as it was understood, and read again.</summary>
public sealed class Commands_of_the_intake
{
    [Fact]
    public async Task List_deliveries_the_oldest_first_with_what_was_understood_of_each()
    {
        await using var gateway = await GatewaySession.Start();
        Shell shell = new(gateway);
        Assert.Equal(1, (await shell.Sigma("intake", "list")).ExitCode); // there is none
        foreach (var (body, status) in new[]
        {
            (Payload.Text("generic/pingdom-down-epoch.json"), 200), ("""{"id":"a","status":""", 400),
            (Payload.Text("generic/pingdom-up-empty-objects.json"), 200), (Payload.Text("generic/pingdom-up-empty-objects.json"), 200),
        })
            Assert.Equal(status, (await gateway.Send(body)).Status);

        var deliveries = await shell.Json(0, "intake", "list");
        Assert.Equal(["kept", "malformed", "kept", "duplicate"], deliveries.Select(one => one.GetProperty("state").GetString()));
        Assert.Equal([1, 2, 3, 4], deliveries.Select(one => one.GetProperty("number").GetInt64()));
        var down = Assert.Single(deliveries[0].GetProperty("understood").EnumerateArray());
        Assert.Equal(["state", "severity", "externalId", "startsAt", "endsAt", "title", "service", "region"],
            down.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("firing", "high", "803318"),
            (down.GetProperty("state").GetString(), down.GetProperty("severity").GetString(), down.GetProperty("externalId").GetString()));
        Assert.Equal(DateTimeOffset.Parse("2017-06-30T22:25:43Z", null), down.GetProperty("startsAt").GetDateTimeOffset());
        Assert.All(new[] { "endsAt", "service", "region" }, field => Assert.Equal(JsonValueKind.Null, down.GetProperty(field).ValueKind));
        Assert.Empty(deliveries[1].GetProperty("understood").EnumerateArray());
        Assert.NotNull(deliveries[1].GetProperty("place").GetString());

        Assert.Equal(deliveries[1].GetProperty("number").GetInt64(),
            Assert.Single(await shell.Json(0, "intake", "list", "--state", "malformed")).GetProperty("number").GetInt64());
        Assert.Equal(1, (await shell.Sigma("intake", "list", "--integration", "nobody")).ExitCode);
    }

    [Fact]
    public async Task Show_one_as_it_came_without_its_key()
    {
        await using var gateway = await GatewaySession.Start();
        Shell shell = new(gateway);
        await gateway.Send(Payload.Text("generic/formatted-webhook.json"));
        var shown = Assert.Single(await shell.Json(0, "intake", "show", "1"));
        Assert.Equal(Payload.Text("generic/formatted-webhook.json"), shown.GetProperty("body").GetString());
        var (ended, words) = await shell.Sigma("intake", "show", "1");
        Assert.Equal(0, ended);
        Assert.Contains("TestAlert: The whole system is down", words);
        Assert.DoesNotContain(GatewaySession.ShopKey, words + shown.GetRawText());
        Assert.Equal(1, (await shell.Sigma("intake", "show", "99")).ExitCode);
    }

    [Fact]
    public async Task Have_one_read_again_as_the_integration_is_now()
    {
        await using var gateway = await GatewaySession.Start();
        Shell shell = new(gateway);
        var key = (await shell.Json(0, "integrations", "put", "till", "--kind", "generic", "--by", "ana"))[0].GetProperty("key").GetString()!;
        const string Body = """{"id":"t-1","phase":"red","title":"Till 1 is jammed"}""", Wrong = """{"state":"purple","id":"t-2"}""";
        await Await.Until(async () => (await gateway.Send(Wrong, "/in/till", key)).Status, status => status == 400, "its state is not known");
        Assert.Equal(200, (await gateway.Send(Body, "/in/till", key)).Status); // without a state it is an event
        var deliveries = await shell.Json(0, "intake", "list", "--integration", "till");
        Assert.Equal(1, (await shell.Sigma("intake", "replay", $"{deliveries[0].GetProperty("number")}")).ExitCode); // still not understood

        Assert.Equal(200, (await gateway.Ask(HttpMethod.Put, "integrations/till", new
        {
            integration = new { name = "till", kind = "generic", mapping = new { state = "phase,state", firing = "red,purple", resolved = "green" } },
            by = "ana",
        })).Status);
        foreach (var delivery in deliveries)
            Assert.Equal("kept", (await shell.Json(0, "intake", "replay", $"{delivery.GetProperty("number")}"))[0].GetProperty("state").GetString());
        await Await.Until(() => Task.FromResult(gateway.News.Conditions.Select(one => one.ExternalId).Order().ToList()),
            ids => ids is ["t-1", "t-2"], "both fire now");
        Assert.Equal(1, (await shell.Sigma("intake", "replay", "99")).ExitCode);
    }
}
