using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Sigma.ServiceTests.Simulator.SimulatorSession;
using static Sigma.ServiceTests.Simulator.VendorCall;

namespace Sigma.ServiceTests.Simulator;

public sealed class PagerDuty_events
{
    private const string Enqueue = "/v2/enqueue";

    [Fact]
    public async Task Open_acknowledge_and_resolve_an_alert()
    {
        await using var sim = await Start();

        using var answer = await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger());
        var opened = Assert.Single(sim.App.PagerDuty.Open);
        await Send(sim, "acknowledge");
        var acknowledged = Assert.Single(sim.App.PagerDuty.Open);
        await Send(sim, "resolve");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("""{"status":"success","message":"Event processed","dedup_key":"episode-1"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal((RoutingKey, "episode-1", "Excesso de eventos", "critical", false, 1, Noon),
            (opened.RoutingKey, opened.DedupKey, opened.Summary, opened.Severity, opened.IsAcknowledged, opened.Triggers, opened.OpenedAt));
        Assert.True(acknowledged.IsAcknowledged);
        Assert.Empty(sim.App.PagerDuty.Open);
        Assert.Equal(["trigger Excesso de eventos", "acknowledge", "resolve"], sim.App.PagerDuty.Inbox.Posts.Select(post => post.Text));
        Assert.Equal((3, 0, 0), (sim.App.PagerDuty.Inbox.Count, sim.App.PagerDuty.Inbox.Duplicates, sim.App.PagerDuty.Dropped));
    }

    [Fact]
    public async Task Join_the_alert_that_is_open_and_open_another_after_a_resolve()
    {
        await using var sim = await Start();

        await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger());
        await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger());
        var joined = Assert.Single(sim.App.PagerDuty.Open);
        await Send(sim, "resolve");
        await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger());
        var another = Assert.Single(sim.App.PagerDuty.Open);

        Assert.Equal((1, 2), (joined.Number, joined.Triggers));
        Assert.Equal((2, 1), (another.Number, another.Triggers));
        Assert.Equal([false, true, false, false], sim.App.PagerDuty.Inbox.Posts.Select(post => post.IsDuplicate));
    }

    [Theory]
    [InlineData("acknowledge")]
    [InlineData("resolve")]
    public async Task Are_dropped_in_silence_when_no_alert_is_open_or_it_is_another_services(string action)
    {
        await using var sim = await Start();
        await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger());

        using var unknown = await Send(sim, action, json => json["dedup_key"] = "episode-2");
        using var elsewhere = await Send(sim, action, json => json["routing_key"] = new string('f', 32));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (unknown.StatusCode, elsewhere.StatusCode));
        Assert.Equal(2, sim.App.PagerDuty.Dropped);
        Assert.False(Assert.Single(sim.App.PagerDuty.Open).IsAcknowledged);
    }

    [Fact]
    public async Task Get_a_key_of_their_own_where_a_trigger_brings_none()
    {
        await using var sim = await Start();
        var trigger = PagerDutyTrigger();
        trigger.Remove("dedup_key");

        using var answer = await sim.Http.PostAsJsonAsync(Enqueue, trigger);
        await sim.Http.PostAsJsonAsync(Enqueue, trigger);

        var key = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("dedup_key").GetString();
        Assert.Equal(2, sim.App.PagerDuty.Open.Count);
        Assert.Equal(key, sim.App.PagerDuty.Open[0].DedupKey);
    }

    public static TheoryData<string, string?, string> Wrong => new()
    {
        { "routing_key", null, "'routing_key' is missing or blank" },
        { "routing_key", "\"short\"", "Length of 'routing_key' is incorrect (should be 32 characters)" },
        { "event_action", null, "'event_action' is missing or blank" },
        { "event_action", "\"close\"", "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')" },
        { "dedup_key", $"\"{new string('x', 256)}\"", "Length of 'dedup_key' is incorrect (should be at most 255 characters)" },
        { "payload", null, "'payload' is missing or blank" },
        { "payload.summary", null, "'payload.summary' is missing or blank" },
        { "payload.summary", $"\"{new string('x', 1_025)}\"", "Length of 'payload.summary' is incorrect (should be at most 1024 characters)" },
        { "payload.source", "\" \"", "'payload.source' is missing or blank" },
        { "payload.severity", null, "'payload.severity' is missing or blank" },
        { "payload.severity", "\"high\"",
            "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')" },
        { "payload.timestamp", "\"yesterday\"", "'payload.timestamp' is invalid (must be in ISO 8601 format)" },
        { "payload.component", "1", "'payload.component' is invalid (must be a string)" },
        { "links", "[{\"text\":\"a\"}]", "'links' is invalid (must be an array of objects with 'href')" },
        { "images", "{}", "'images' is invalid (must be an array of objects with 'src')" },
        { "client_url", "1", "'client_url' is invalid (must be a string)" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Are_refused_with_the_fields_that_are_wrong(string field, string? value, string error)
    {
        await using var sim = await Start();
        var trigger = PagerDutyTrigger();
        var holder = field.StartsWith("payload.", StringComparison.Ordinal) ? trigger["payload"]!.AsObject() : trigger;
        holder.Remove(field.Split('.')[^1]);
        if (value is not null)
        {
            holder[field.Split('.')[^1]] = JsonNode.Parse(value);
        }

        using var answer = await sim.Http.PostAsJsonAsync(Enqueue, trigger);

        await Refused(sim, answer, "invalid event", "Event object is invalid", error);
    }

    [Fact]
    public async Task Are_refused_with_all_that_is_wrong_at_once()
    {
        await using var sim = await Start();

        using var answer = await sim.Http.PostAsJsonAsync(Enqueue, new { event_action = "resolve" });

        await Refused(
            sim, answer, "invalid event", "Event object is invalid", "'routing_key' is missing or blank", "'dedup_key' is missing or blank");
    }

    [Fact]
    public async Task Are_refused_when_unreadable_too_large_or_for_a_key_that_there_is_not()
    {
        await using var sim = await Start(o => o.PagerDuty.RoutingKeys = $"{RoutingKey} {new string('a', 32)}");
        sim.App.PagerDuty.Refusals.Set(RoutingKey, "unknown");
        var large = PagerDutyTrigger();
        large["payload"]!["custom_details"] = new string('x', 512 * 1024);

        await Refused(sim, await sim.Http.PostAsync(Enqueue, new StringContent("{")),
            "Unrecognized object", "Event object format is unrecognized", "JSON parse error");
        await Refused(sim, await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger()),
            "invalid event", "Event object is invalid", "Invalid routing key");
        await Refused(sim, await Send(sim, "trigger", json => json["routing_key"] = new string('b', 32)),
            "invalid event", "Event object is invalid", "Invalid routing key");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await sim.Http.PostAsJsonAsync(Enqueue, large)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await Send(sim, "trigger", json => json["routing_key"] = new string('a', 32))).StatusCode);
    }

    [Fact]
    public async Task Wait_beyond_120_a_minute_of_one_key()
    {
        await using var sim = await Start();
        for (var i = 0; i < 120; i++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger())).StatusCode);
        }

        using var refused = await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger());
        using var other = await Send(sim, "trigger", json => json["routing_key"] = new string('a', 32));
        sim.Clock.Now = Noon.AddMinutes(1);
        using var later = await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger());

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Equal("throttle exceeded", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (other.StatusCode, later.StatusCode));
    }

    [Fact]
    public async Task Show_what_is_open_over_HTTP()
    {
        await using var sim = await Start();
        await sim.Http.PostAsJsonAsync(Enqueue, PagerDutyTrigger());

        var open = (await sim.Object("/_sim/vendors/pagerduty")).GetProperty("state").GetProperty("open");

        Assert.Equal("episode-1", open[0].GetProperty("dedupKey").GetString());
        Assert.DoesNotContain(RoutingKey, await sim.Segware.GetStringAsync("/"));
    }

    private static Task<HttpResponseMessage> Send(SimulatorSession sim, string action, Action<JsonObject>? change = null)
    {
        var json = PagerDutyTrigger();
        json["event_action"] = action;
        if (action != "trigger")
        {
            json.Remove("payload");
        }

        change?.Invoke(json);
        return sim.Http.PostAsJsonAsync(Enqueue, json);
    }

    private static async Task Refused(SimulatorSession sim, HttpResponseMessage answer, string status, string message, params string[] errors)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal((status, message), (body.GetProperty("status").GetString(), body.GetProperty("message").GetString()));
        Assert.Equal(errors, body.GetProperty("errors").EnumerateArray().Select(error => error.GetString()));
        Assert.Empty(sim.App.PagerDuty.Open);
    }
}
