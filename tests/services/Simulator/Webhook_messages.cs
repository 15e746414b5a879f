using System.Net;
using System.Net.Http.Json;
using System.Text;
using Sigma.Simulator.Webhooks;
using static Sigma.ServiceTests.Simulator.SimulatorSession;
using static Sigma.ServiceTests.Simulator.VendorCall;

namespace Sigma.ServiceTests.Simulator;

public sealed class Webhook_messages
{
    private const string Body = """{"type":"alert.raised","data":{"text":"açaí"}}""";
    private const string OtherKey = "whsec_b3RoZXItd2ViaG9vay1rZXktb2Ytc29tZWJvZHk=";

    [Fact]
    public async Task Are_taken_once_signed_and_kept_as_they_were()
    {
        await using var sim = await Start();

        using var answer = await sim.Http.SendAsync(Webhook(sim, Body));

        var post = Assert.Single(sim.App.Webhooks.Inbox.Posts);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(("alerts", "msg_1", "alert.raised", Noon), (post.To, post.Key, post.Text, post.At));
        Assert.Equal("açaí", post.Body.GetProperty("data").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Are_known_again_by_their_id_whatever_else_differs()
    {
        await using var sim = await Start();

        await sim.Http.SendAsync(Webhook(sim, Body));
        await sim.Http.SendAsync(Webhook(sim, Body, age: TimeSpan.FromMinutes(-1)));
        await sim.Http.SendAsync(Webhook(sim, Body, id: "msg_2"));

        Assert.Equal([false, true, false], sim.App.Webhooks.Inbox.Posts.Select(post => post.IsDuplicate));
    }

    [Fact]
    public void Verify_as_the_published_example_does()
    {
        var headers = new Microsoft.AspNetCore.Http.HeaderDictionary
        {
            ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek",
            ["webhook-timestamp"] = "1614265330",
            ["webhook-signature"] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        };
        var options = new WebhookOptions { Keys = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };

        Assert.Null(WebhookSignature.Complaint(
            headers, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""), options, DateTimeOffset.FromUnixTimeSeconds(1614265330)));
    }

    [Fact]
    public async Task May_carry_several_signatures_and_any_key_will_do()
    {
        await using var sim = await Start(o => o.Webhooks.Keys = $"{WebhookOptions.DefaultKey} {OtherKey}");
        using var rotated = Webhook(sim, Body, key: OtherKey);
        var right = rotated.Headers.GetValues("webhook-signature").Single();
        rotated.Headers.Remove("webhook-signature");
        rotated.Headers.Add("webhook-signature", $"v1a,AAAA v1,d3Jvbmc= {right}");

        Assert.Equal(HttpStatusCode.NoContent, (await sim.Http.SendAsync(rotated)).StatusCode);
    }

    [Theory]
    [InlineData("webhook-id", null, "Missing required headers")]
    [InlineData("webhook-timestamp", null, "Missing required headers")]
    [InlineData("webhook-signature", null, "Missing required headers")]
    [InlineData("webhook-timestamp", "2026-11-20T12:00:00Z", "Invalid Signature Headers")]
    [InlineData("webhook-signature", "v1,d3Jvbmc=", "No matching signature found")]
    [InlineData("webhook-id", "msg_2", "No matching signature found")]
    public async Task Are_refused_when_a_header_is_missing_or_wrong(string header, string? value, string why)
    {
        await using var sim = await Start();
        using var request = Webhook(sim, Body);
        request.Headers.Remove(header);
        if (value is not null)
        {
            request.Headers.Add(header, value);
        }

        await Refused(sim, request, HttpStatusCode.BadRequest, why);
    }

    [Theory]
    [InlineData(300, null)]
    [InlineData(301, "Message timestamp too old")]
    [InlineData(-300, null)]
    [InlineData(-301, "Message timestamp too new")]
    public async Task Are_refused_more_than_five_minutes_early_or_late(int age, string? why)
    {
        await using var sim = await Start();
        using var request = Webhook(sim, Body, age: TimeSpan.FromSeconds(age));

        if (why is null)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await sim.Http.SendAsync(request)).StatusCode);
        }
        else
        {
            await Refused(sim, request, HttpStatusCode.BadRequest, why);
        }
    }

    [Fact]
    public async Task Are_refused_with_another_key_a_changed_body_too_long_or_no_object()
    {
        await using var sim = await Start();
        using var changed = Webhook(sim, Body);
        changed.Content = new StringContent(Body.Replace("açaí", "acai", StringComparison.Ordinal));

        await Refused(sim, Webhook(sim, Body, key: OtherKey), HttpStatusCode.BadRequest, "No matching signature found");
        await Refused(sim, changed, HttpStatusCode.BadRequest, "No matching signature found");
        await Refused(sim, Webhook(sim, $"\"{new string('x', 20_000)}\""), HttpStatusCode.RequestEntityTooLarge, "Payload too large");
        await Refused(sim, Webhook(sim, "[1]"), HttpStatusCode.BadRequest, "Payload is not a JSON object");
    }

    [Fact]
    public async Task Are_refused_for_good_by_an_endpoint_that_is_gone_until_it_is_back()
    {
        await using var sim = await Start();

        using var order = await sim.Http.PutAsJsonAsync("/_sim/vendors/webhooks/refusals", new { recipient = "alerts", reason = "gone" });
        await Refused(sim, Webhook(sim, Body), HttpStatusCode.Gone, "Endpoint is disabled");
        sim.App.Webhooks.Refusals.Set("alerts", null);

        Assert.Equal(HttpStatusCode.NoContent, order.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await sim.Http.SendAsync(Webhook(sim, Body))).StatusCode);
    }

    private static async Task Refused(SimulatorSession sim, HttpRequestMessage request, HttpStatusCode status, string message)
    {
        using var answer = await sim.Http.SendAsync(request);

        Assert.Equal((status, $$"""{"message":"{{message}}"}"""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Empty(sim.App.Webhooks.Inbox.Posts);
    }
}
