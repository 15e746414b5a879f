using System.Net;
using System.Text.Json;
using Sigma.Simulator.Faults;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class Faults_of_the_vendors
{
    public static TheoryData<string> Vendors => [.. VendorCall.All.Keys];

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Answer_with_a_status_for_the_next_calls_and_the_vendor_keeps_none_of_them(string vendor)
    {
        await using var sim = await Start();
        var call = VendorCall.All[vendor];
        sim.App.Faults.Add(Fault.WithStatus(call.Path, 503) with { Count = 2 });

        var statuses = new List<HttpStatusCode> { await Status(sim, call), await Status(sim, call) };

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable], statuses);
        Assert.Empty(call.Inbox(sim).Posts);
        Assert.InRange((int)await Status(sim, call), 200, 204);
        Assert.False(Assert.Single(call.Inbox(sim).Posts).IsDuplicate);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Ask_to_wait(string vendor)
    {
        await using var sim = await Start();
        var call = VendorCall.All[vendor];
        sim.App.Faults.Add(Fault.TooMany(call.Path, TimeSpan.FromSeconds(7)));

        using var answer = await sim.Http.SendAsync(call.Request(sim));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter?.Delta);
        Assert.DoesNotContain("messageKey", await answer.Content.ReadAsStringAsync());
        Assert.Empty(call.Inbox(sim).Posts);
    }

    [Theory]
    [InlineData("webhooks", 503, """{"message":"Simulated fault"}""")]
    [InlineData("slack", 410, "channel_is_archived")]
    [InlineData("slack", 429, "rate_limited")]
    [InlineData("slack", 500, "rollup_error")]
    [InlineData("pagerduty", 500, """{"status":"internal error","message":"Internal Server Error","errors":["Internal Server Error"]}""")]
    [InlineData("telegram", 403, """{"ok":false,"error_code":403,"description":"Forbidden"}""")]
    [InlineData("telegram", 502, """{"ok":false,"error_code":502,"description":"Internal Server Error"}""")]
    [InlineData("teams", 429, """{"error":{"code":"429","message":"Rate limit is exceeded. Try again in 1 seconds."}}""")]
    [InlineData("twilio", 429,
        """{"code":20429,"message":"Too Many Requests","more_info":"https://www.twilio.com/docs/errors/20429","status":429}""")]
    [InlineData("twilio", 401,
        """{"code":20003,"message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401}""")]
    [InlineData("prefect", 503, """{"exception_message":"Service Unavailable"}""")]
    [InlineData("prefect", 401, """{"exception_message":"Unauthorized"}""")]
    public async Task Are_worded_as_the_vendor_words_its_errors(string vendor, int status, string body)
    {
        await using var sim = await Start();
        var call = VendorCall.All[vendor];
        sim.App.Faults.Add(Fault.WithStatus(call.Path, status));

        using var answer = await sim.Http.SendAsync(call.Request(sim));

        Assert.Equal((status, body), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Take_the_message_and_never_answer_so_that_the_next_one_is_a_duplicate(string vendor)
    {
        await using var sim = await Start();
        var call = VendorCall.All[vendor];
        sim.App.Faults.Add(Fault.DoneThenHanging(call.Path) with { Count = 1 });
        using var leave = new CancellationTokenSource();

        var first = sim.Http.SendAsync(call.Request(sim), leave.Token);
        await sim.App.Received.Until(_ => call.Inbox(sim).Count == 1, Timeout());
        Assert.False(first.IsCompleted, "a hanging call was answered");
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Status(sim, call);

        Assert.Equal([(false, false), (true, true)], call.Inbox(sim).Posts.Select(post => (post.Answered, post.IsDuplicate)));
        Assert.Equal((2, 1), (call.Inbox(sim).Count, call.Inbox(sim).Duplicates));
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Cut_the_connection_however_short_the_answer(string vendor)
    {
        await using var sim = await Start();
        var call = VendorCall.All[vendor];
        sim.App.Faults.Add(Fault.CutShort(call.Path, 0) with { Count = 1 });
        sim.App.Faults.Add(Fault.CutShort(call.Path, 1_000_000) with { Count = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => sim.Http.SendAsync(call.Request(sim)));
        await Assert.ThrowsAsync<HttpRequestException>(() => sim.Http.SendAsync(call.Request(sim)));

        Assert.Equal(2, call.Inbox(sim).Count);
        Assert.All(call.Inbox(sim).Posts, post => Assert.False(post.Answered));
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Answer_late_oddly_or_from_elsewhere(string vendor)
    {
        await using var sim = await Start();
        var call = VendorCall.All[vendor];
        sim.App.Faults.Add(Fault.Slow(call.Path, TimeSpan.FromMilliseconds(150)) with { Count = 1 });
        sim.App.Faults.Add(Fault.NotJson(call.Path) with { Count = 1 });
        sim.App.Faults.Add(Fault.Answering(call.Path, 200, "{\"odd\":true}") with { Count = 1, WorkIsDone = true });
        sim.App.Faults.Add(Fault.Redirecting(call.Path, 307, "http://127.0.0.2:9/") with { Count = 1 });

        var before = TimeProvider.System.GetTimestamp();
        Assert.InRange((int)await Status(sim, call), 200, 204);
        Assert.InRange(TimeProvider.System.GetElapsedTime(before), TimeSpan.FromMilliseconds(140), TimeSpan.FromSeconds(10));
        using var page = await sim.Http.SendAsync(call.Request(sim));
        using var odd = await sim.Http.SendAsync(call.Request(sim));

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Equal((HttpStatusCode.OK, "{\"odd\":true}"), (odd.StatusCode, await odd.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.TemporaryRedirect, await Status(sim, call));
        Assert.Equal(2, call.Inbox(sim).Count);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Leave_what_was_taken_to_be_seen_over_HTTP_and_on_the_page_until_a_reset(string vendor)
    {
        await using var sim = await Start(o => o.Segware.ClockAhead = TimeSpan.FromHours(1));
        var call = VendorCall.All[vendor];
        using var answer = await sim.Http.SendAsync(call.Request(sim));

        var seen = await sim.Object($"/_sim/vendors/{vendor}");
        Assert.Equal(1, seen.GetProperty("count").GetInt32());
        Assert.Equal(JsonValueKind.Object, seen.GetProperty("posts")[0].GetProperty("body").ValueKind);
        Assert.Contains($"Messages to {vendor}: 1, duplicates: 0", await sim.Segware.GetStringAsync("/"));
        Assert.Equal(Noon, answer.Headers.Date);

        sim.App.Reset();
        Assert.Empty(call.Inbox(sim).Posts);
        Assert.Equal(0, call.Inbox(sim).Count);
    }

    private static async Task<HttpStatusCode> Status(SimulatorSession sim, VendorCall call) =>
        (await sim.Http.SendAsync(call.Request(sim))).StatusCode;

    private static CancellationToken Timeout() => new CancellationTokenSource(TimeSpan.FromSeconds(15)).Token;
}
