using Sigma.Contracts;
using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Prefect;

namespace Sigma.ServiceTests.Fetcher.Sources;

public sealed class Runs_of_Prefect
{
    static readonly PrefectDeployment Backup = new("nightly", "backup"), Invoices = new("billing", "invoices");

    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task A_run_that_failed_is_told_until_one_is_completed()
    {
        await using var session = await Start();
        var run = await New(session, Backup);
        Set(session, run, "RUNNING");
        await session.Look("flows");
        Set(session, run, "FAILED", "no space left");
        await session.Look("flows");
        await session.Look("flows");
        _clock.Advance(TimeSpan.FromSeconds(30));
        Set(session, await New(session, Backup), "CRASHED");
        await session.Look("flows"); // the same trouble, changed
        Set(session, await New(session, Invoices), "COMPLETED");
        _clock.Advance(TimeSpan.FromSeconds(30));
        Set(session, await New(session, Backup), "CANCELLED");
        await session.Look("flows");
        _clock.Advance(TimeSpan.FromSeconds(30));
        Set(session, await New(session, Backup), "COMPLETED");
        await session.Look("flows");

        await session.News.Until(news => news.Conditions.Count == 3, "the failure, the crash and the end are told");
        Assert.Equal([ConditionState.Firing, ConditionState.Firing, ConditionState.Resolved], session.News.Told.Select(one => one.State));
        Assert.All(session.News.Conditions, one => Assert.Equal("nightly/backup", one.Labels["deployment"]));
        Assert.Equal("nightly/backup: Failed: no space left", session.News.Conditions[0].Title);
        Assert.Contains("/runs/flow-run/", session.News.Conditions[0].Url);
    }

    [Fact]
    public async Task The_first_poll_tells_of_each_deployment_by_its_last_run()
    {
        await using var session = await Start();
        foreach (var (deployment, state) in ((PrefectDeployment, string)[])[(Backup, "FAILED"), (Backup, "COMPLETED"), (Invoices, "COMPLETED"),
            (Invoices, "FAILED")])
        {
            Set(session, await New(session, deployment), state);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
        await session.Look("flows");
        await session.Look("flows");

        await session.News.Until(news => news.Conditions.Count > 0, "what failed last is told");
        Assert.Equal("billing/invoices", Assert.Single(session.News.Conditions).Labels["deployment"]);
    }

    [Fact]
    public async Task What_failed_and_was_completed_between_two_polls_is_told_as_both()
    {
        await using var session = await Start();
        await session.Look("flows");
        _clock.Advance(TimeSpan.FromMinutes(5));
        Set(session, await New(session, Backup), "FAILED");
        _clock.Advance(TimeSpan.FromMinutes(5));
        Set(session, await New(session, Backup), "COMPLETED");
        await session.Look("flows");
        await session.Look("flows");

        await session.News.Until(news => news.Conditions.Count == 2, "both are told");
        Assert.Equal([ConditionState.Firing, ConditionState.Resolved], session.News.Told.Select(one => one.State));
    }

    [Fact]
    public async Task A_run_that_has_not_begun_is_late_until_it_has()
    {
        await using var session = await Start();
        session.Simulator.Prefect.Refusals.Set("nightly/backup", "no_worker");
        var run = await New(session, Backup);
        await session.Look("flows");
        _clock.Advance(TimeSpan.FromMinutes(20));
        await session.Look("flows");
        await session.Look("flows");
        Set(session, run, "RUNNING");
        await session.Look("flows");

        await session.News.Until(news => news.Conditions.Count == 2, "that it is late, and that it has begun, is told");
        Assert.Equal([ConditionState.Firing, ConditionState.Resolved], session.News.Told.Select(one => one.State));
        var late = session.News.Conditions[0];
        Assert.Equal(("nightly/backup", "true", "medium"), (late.Labels["deployment"], late.Labels["late"], late.Severity));
    }

    [Theory, InlineData("user:secret", false), InlineData("", true)]
    public async Task A_server_is_let_in_by_what_it_wants(string auth, bool forgery)
    {
        await using var session = await Start(("Fetcher:Prefect:0:AuthString", auth));
        session.Simulator.Options.Prefect.AuthString = auth;
        session.Simulator.Options.Prefect.CsrfProtection = forgery;
        await session.Look("flows");
        Assert.Equal("ok", (await session.State("flows")).State);

        session.Simulator.Options.Prefect.AuthString = "user:other";
        await session.Look("flows");
        var (state, reason, _) = await session.State("flows");
        Assert.Equal("failed", state);
        Assert.Contains("401", reason);
        Assert.DoesNotContain("secret", reason);
    }

    [Fact]
    public async Task While_Prefect_cannot_be_asked_nothing_is_over()
    {
        await using var session = await Start();
        Set(session, await New(session, Backup), "FAILED");
        await session.Look("flows");
        session.Simulator.Faults.Add(Fault.NotJson("/api/*"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await session.Look("flows");
        _clock.Advance(TimeSpan.FromMinutes(11));
        await session.Look("flows");

        await session.News.Until(news => news.Conditions.Count == 2, "that it cannot be asked is told");
        Assert.Equal([ConditionState.Firing, ConditionState.Firing], session.News.Told.Select(one => one.State));
        Assert.Equal("source:unreadable", session.News.Told[1].Id);
    }

    [Fact]
    public async Task A_probe_looks_at_the_last_run_and_hears_its_beat()
    {
        await using var session = await SourcesSession.Start(simulator =>
        [
            ("Fetcher:Probes:Checks:0:Name", "backup"), ("Fetcher:Probes:Checks:0:Probe", "prefect-run"),
            ("Fetcher:Probes:Checks:0:Parameters:BaseUrl", $"{simulator.Url}api"),
            ("Fetcher:Probes:Checks:0:Parameters:Deployment", "nightly/backup"), ("Fetcher:Probes:Checks:0:Parameters:Within", "1.00:00:00"),
        ], _clock);
        session.Simulator.Options.Prefect.AuthString = "";
        session.Simulator.Prefect.Add(Backup);
        await session.Look("backup");
        Assert.Equal("down", (await session.State("backup")).State); // none has ended
        Set(session, await New(session, Backup), "COMPLETED");
        await session.Look("backup");
        Assert.Equal("ok", (await session.State("backup")).State);
        await session.News.Until(news => news.Beats.Count == 1, "its end is heard");
        Assert.False(session.News.Beats[0].Fails);
        _clock.Advance(TimeSpan.FromDays(2));
        await session.Look("backup");
        Assert.Equal("down", (await session.State("backup")).State); // too long ago
    }

    async Task<SourcesSession> Start(params (string, string)[] settings)
    {
        var session = await SourcesSession.Start(simulator => [.. Server(simulator), .. settings], _clock);
        session.Simulator.Options.Prefect.AuthString = "";
        session.Simulator.Prefect.Add(Backup);
        session.Simulator.Prefect.Add(Invoices);
        return session;
    }

    static (string, string)[] Server(SimulatorApp simulator) =>
    [
        ("Fetcher:Prefect:0:Name", "flows"), ("Fetcher:Prefect:0:BaseUrl", $"{simulator.Url}api"), ("Fetcher:Prefect:0:Patience:Retries", "0"),
        ("Fetcher:Prefect:0:Deployments", "nightly/backup,billing/invoices"),
    ];

    static async Task<Guid> New(SourcesSession session, PrefectDeployment deployment)
    {
        using HttpClient http = new() { BaseAddress = session.Simulator.Url };
        var answer = await http.PostAsync($"api/deployments/{deployment.Id}/create_flow_run", new StringContent("{}"));
        answer.EnsureSuccessStatusCode();
        return session.Simulator.Prefect.FlowRuns[^1].Id;
    }

    static void Set(SourcesSession session, Guid run, string type, string? message = null) =>
        Assert.True(session.Simulator.Prefect.SetState(run, type, message: message));
}
