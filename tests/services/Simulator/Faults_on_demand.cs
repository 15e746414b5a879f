using System.Net;
using System.Net.Http.Json;
using Sigma.Simulator.Faults;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class Faults_on_demand
{
    private const string Companies = "/v1/companies";
    private const string Send = "/i/api/v1/send_message";

    [Fact]
    public async Task Strike_so_many_calls_of_their_path_and_no_more()
    {
        await using var sim = await Start();
        var fault = sim.App.Faults.Add(Fault.WithStatus("/v1/comp*", 503) with { Skip = 1, Count = 2 });

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((int)(await sim.Segware.GetAsync(Companies)).StatusCode);
        }

        Assert.Equal([200, 503, 503, 200], statuses);
        Assert.Equal(HttpStatusCode.OK, (await sim.Segware.GetAsync("/v1/clientGroups")).StatusCode);
        Assert.Equal(2, fault.Hits);
        Assert.Empty(sim.App.Faults.Active);
    }

    [Fact]
    public async Task Last_as_long_as_the_simulated_clock_says_or_until_disposed()
    {
        await using var sim = await Start();
        sim.App.Faults.Add(Fault.WithStatus(Companies, 500) with { StartsAfter = TimeSpan.FromMinutes(1), For = TimeSpan.FromHours(1) });
        Assert.Equal(HttpStatusCode.OK, (await sim.Segware.GetAsync(Companies)).StatusCode);

        sim.Clock.Now = Noon.AddMinutes(60);
        Assert.Equal(HttpStatusCode.InternalServerError, (await sim.Segware.GetAsync(Companies)).StatusCode);

        sim.Clock.Now = Noon.AddMinutes(61);
        Assert.Equal(HttpStatusCode.OK, (await sim.Segware.GetAsync(Companies)).StatusCode);

        using (sim.App.Faults.Add(Fault.WithStatus(Companies, 502)))
        {
            Assert.Equal(HttpStatusCode.BadGateway, (await sim.Segware.GetAsync(Companies)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await sim.Segware.GetAsync(Companies)).StatusCode);
    }

    [Fact]
    public async Task Strike_by_chance_and_alike_for_the_same_seed()
    {
        var first = await Draws();

        Assert.Equal(first, await Draws());
        Assert.Contains(200, first);
        Assert.Contains(500, first);

        static async Task<List<int>> Draws()
        {
            await using var sim = await Start(o => o.Seed = 3);
            sim.App.Faults.Add(Fault.WithStatus(Companies, 500) with { Probability = 0.5 });
            var statuses = new List<int>();
            for (var i = 0; i < 30; i++)
            {
                statuses.Add((int)(await sim.Segware.GetAsync(Companies)).StatusCode);
            }

            return statuses;
        }
    }

    [Fact]
    public async Task Answer_too_many_requests_with_a_time_to_wait()
    {
        await using var sim = await Start();
        sim.App.Faults.Add(Fault.TooMany(Companies, TimeSpan.FromSeconds(7)));

        using var answer = await sim.Segware.GetAsync(Companies);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Answer_a_page_with_200_or_over_limit()
    {
        await using var sim = await Start();
        sim.App.Faults.Add(Fault.NotJson(Companies));
        sim.App.Faults.Add(Fault.OverLimit("/v1/events"));

        using var page = await sim.Segware.GetAsync(Companies);
        using var overLimit = await sim.Segware.GetAsync($"/v1/events?{Slice(Noon, Noon)}");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("registers_over_limit", await overLimit.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(5_000, 512)]
    [InlineData(5_000, 100_000)]
    [InlineData(1, 1_000_000)]
    public async Task Cut_the_body_so_that_no_client_takes_it_for_whole(int events, int cutAfter)
    {
        await using var sim = await Start();
        sim.App.Segware.AddBurst(7, "ALR", "E130", events, Noon.AddHours(-2), TimeSpan.FromSeconds(1));
        sim.App.Faults.Add(Fault.CutShort("/v1/events", cutAfter));

        await Assert.ThrowsAsync<HttpRequestException>(() => sim.Events(Noon.AddHours(-2), Noon));

        await sim.App.Received.Until(log => log.CallCounts.Count > 0, Timeout());
        Assert.Null(Assert.Single(sim.App.Received.Calls).Status);
    }

    [Fact]
    public async Task Hang_until_the_client_leaves()
    {
        await using var sim = await Start();
        var fault = sim.App.Faults.Add(Fault.Hanging(Send));

        await LeavesWithoutAnswer(sim, once: fault.Struck(Timeout()));

        Assert.Equal(1, fault.Hits);
        Assert.Empty(sim.App.Received.Messages);
        await sim.App.Received.Until(log => log.Calls is [{ Status: null }], Timeout());
    }

    [Fact]
    public async Task Do_the_work_and_then_leave_the_client_in_doubt()
    {
        await using var sim = await Start();
        sim.App.Faults.Add(Fault.DoneThenHanging("*/send_message") with { Count = 1 });

        await LeavesWithoutAnswer(sim, once: sim.App.Received.Until(log => log.Messages.Count == 1, Timeout()));

        await sim.App.Received.Until(log => log.Calls is [{ Status: null }], Timeout());
        Assert.Single(sim.App.Received.Messages);
    }

    [Fact]
    public async Task Never_hold_up_the_end_of_the_simulator()
    {
        var sim = await Start();
        var fault = sim.App.Faults.Add(Fault.Hanging(Companies));
        var hanging = sim.Segware.GetAsync(Companies);
        await fault.Struck(Timeout());

        await sim.App.DisposeAsync().AsTask().WaitAsync(Timeout());

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Delay_the_right_answer()
    {
        await using var sim = await Start();
        sim.App.Faults.Add(Fault.Slow(Companies, TimeSpan.FromMilliseconds(150)) with { Method = "GET" });
        var before = TimeProvider.System.GetTimestamp();

        Assert.NotEmpty(await sim.Array(Companies));

        Assert.InRange(TimeProvider.System.GetElapsedTime(before), TimeSpan.FromMilliseconds(140), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Come_and_go_over_HTTP_and_senseless_ones_are_refused()
    {
        await using var sim = await Start();

        using var added =
            await sim.Segware.PostAsJsonAsync("/_sim/faults", new { path = Companies, kind = "status", status = 418, @for = "00:05:00" });
        using var senseless = await sim.Segware.PostAsJsonAsync("/_sim/faults", new { path = Companies, kind = "Hang", probability = 2 });

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, senseless.StatusCode);
        Assert.Throws<ArgumentException>(() => sim.App.Faults.Add(Fault.WithStatus(Companies, 99)));
        Assert.Equal(418, (int)(await sim.Segware.GetAsync(Companies)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await sim.Segware.DeleteAsync("/_sim/faults")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sim.Segware.GetAsync(Companies)).StatusCode);
    }

    private static CancellationToken Timeout() => new CancellationTokenSource(TimeSpan.FromSeconds(15)).Token;

    private static async Task LeavesWithoutAnswer(SimulatorSession sim, Task once)
    {
        using var leave = new CancellationTokenSource();
        var answer = sim.ChatPro.PostAsJsonAsync(Send, new { number = "5511999990000", message = "oi" }, leave.Token);

        await once;
        Assert.False(answer.IsCompleted, "a hanging call was answered");
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }
}
