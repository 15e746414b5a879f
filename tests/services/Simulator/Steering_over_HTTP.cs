using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class Steering_over_HTTP
{
    [Fact]
    public async Task Adds_events_and_occurrences_and_shows_what_there_is()
    {
        await using var sim = await Start();

        using var events = await sim.Segware.PostAsJsonAsync("/_sim/events", new object[]
        {
            new { accountId = 7, cuc = "ALR", code = "E130", at = Noon, id = "77", occurrenceId = "5" },
            new { accountId = 7, cuc = "ALR", code = "E130", at = Noon.AddMinutes(-1), availableAt = Noon.AddHours(1) },
        });
        using var occurrences = await sim.Segware.PostAsJsonAsync(
            "/_sim/occurrences", new[] { new { id = "5", openedAt = Noon, closedAt = Noon, closedByUserId = 52583 } });

        Assert.Equal(HttpStatusCode.NoContent, events.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, occurrences.StatusCode);
        Assert.Equal(77, Assert.Single(await sim.Events(Noon.AddHours(-1), Noon)).GetProperty("id").GetInt64());
        Assert.Single(await sim.Excused(Noon, Noon));
        Assert.Equal(2, (await sim.Array($"/_sim/events?from={Iso(Noon.AddHours(-1))}&to={Iso(Noon)}")).Length);
        Assert.Equal(2, Assert.Single(await sim.Array("/_sim/counts")).GetProperty("count").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.Segware.GetAsync("/_sim/events?from=noon")).StatusCode);
    }

    [Fact]
    public async Task Tells_what_was_received_until_it_is_reset()
    {
        await using var sim = await Start(o => o.Scenario = "demo");
        await sim.ChatPro.PostAsJsonAsync("/i/api/v1/send_message", new { number = "5511999990000", message = "oi" });
        await sim.Segware.GetAsync("/v5/accounts/1");
        await sim.Segware.GetAsync("/v5/accounts/2");

        var received = await sim.Object("/_sim/received");
        Assert.Equal("oi", received.GetProperty("messages")[0].GetProperty("message").GetString());
        Assert.Equal(0, received.GetProperty("alarmEvents").GetArrayLength());
        Assert.Equal(2, received.GetProperty("calls").GetProperty("GET /v5/accounts/{id}").GetProperty("200").GetInt32());

        sim.Clock.Now = Noon.AddMinutes(10);
        await sim.Segware.PostAsync("/_sim/reset", null);

        Assert.Empty(sim.App.Received.Messages);
        Assert.Empty(sim.App.Received.Calls);
        Assert.Equal(Noon.AddMinutes(10), (await sim.Object("/_sim/state")).GetProperty("startedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Shows_a_person_the_messages_as_on_the_phone_and_nothing_posted_as_markup()
    {
        await using var sim = await Start(o => o.Fault = "/v1/companies status=503");
        await sim.ChatPro.PostAsJsonAsync("/i/api/v1/send_message", new { number = "5511999990000", message = "⚠️ *Conta:* <script>1 * 2 * 3" });

        var page = await sim.Segware.GetStringAsync("/");

        Assert.Contains("<b>Conta:</b> &lt;script&gt;1 * 2 * 3", page);
        Assert.Contains("5511999990000", page);
        Assert.Contains("<td>POST /{instanceId}/api/v1/send_message</td><td>201: 1</td>", page);
        Assert.Contains("<td>/v1/companies</td><td>Status</td>", page);
    }

    [Fact]
    public async Task Says_it_is_alive_and_ready_without_a_token()
    {
        await using var sim = await Start(o => o.Fault = "* hang");

        Assert.Equal(HttpStatusCode.OK, (await sim.Segware.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sim.Segware.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Waiting_for_what_is_received_ends_when_it_arrives()
    {
        await using var sim = await Start();
        var waiting = sim.App.Received.Until(log => log.Messages.Count == 2, CancellationToken.None);

        await sim.ChatPro.PostAsJsonAsync("/i/api/v1/send_message", new { number = "5511999990000", message = "1" });
        Assert.False(waiting.IsCompleted);
        await sim.ChatPro.PostAsJsonAsync("/i/api/v1/send_message", new { number = "5511999990000", message = "2" });

        await waiting.WaitAsync(TimeSpan.FromSeconds(15));
    }
}
