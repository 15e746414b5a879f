using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Notifier.Channels.Prefect;
using static Sigma.ServiceTests.Notifier.NotifierSession;
using Fault = Sigma.Simulator.Faults.Fault;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Prefect_runs_in_the_end
{
    readonly Guid _alert = Guid.NewGuid();
    readonly ShiftedClock _clock = new();
    readonly ConcurrentQueue<ReportedCondition> _heard = new();

    [Fact]
    public async Task Are_known_by_the_type_of_their_state_also_after_a_restart()
    {
        await using var notifier = await StartWithPrefect();
        var run = await StartRun(notifier);
        notifier.Simulator.Prefect.SetState(run, "RUNNING", "Completed");
        await Sweep(notifier);
        Assert.Equal(["RUNNING Completed"], await States(notifier));

        await notifier.Restart(Settings(notifier));
        await notifier.EndSchedule();
        notifier.Simulator.Prefect.SetState(run, "COMPLETED", "Done");
        await Sweep(notifier);

        Assert.Equal(["COMPLETED Done"], await States(notifier));
        Assert.Equal([0L], await notifier.Query<long>("select count(*) from notifier_flow_runs where ended_at is null"));
        Assert.Empty(_heard);
    }

    [Fact]
    public async Task Are_reported_as_conditions_when_they_fail_once_and_resolved_when_they_are_run_again_and_complete()
    {
        await using var notifier = await StartWithPrefect();
        var run = await StartRun(notifier);
        notifier.Simulator.Prefect.SetState(run, "FAILED", message: "exit 1");

        await Sweep(notifier);
        await Sweep(notifier);
        await notifier.Until(() => Task.FromResult(_heard.Count == 1), "it is reported");
        var condition = _heard.Single();
        Assert.Equal(($"{run}", ConditionState.Firing, "respond-to-alert/simulated: Failed: exit 1"),
            (condition.ExternalId, condition.State, condition.Title));
        Assert.Equal(("respond-to-alert/simulated", "flow", $"{_alert}", "excess", "E130"), (condition.Labels["deployment"],
            condition.Labels["integration"], condition.Labels["alert_id"], condition.Labels["alert_rule"], condition.Labels["code"]));
        Assert.Equal($"{notifier.Simulator.Url}runs/flow-run/{run}", condition.Url);

        notifier.Simulator.Prefect.SetState(run, "COMPLETED");
        await Sweep(notifier);
        await notifier.Until(() => Task.FromResult(_heard.Count == 2), "its end is reported");
        Assert.Equal(ConditionState.Resolved, _heard.Last().State);
    }

    [Fact]
    public async Task That_were_started_for_the_alert_of_a_run_that_failed_are_shown_and_not_reported()
    {
        await using var notifier = await StartWithPrefect();
        var run = await StartRun(notifier, FlowRunSweep.Source);
        notifier.Simulator.Prefect.SetState(run, "CRASHED");

        await Sweep(notifier);
        await Task.Delay(500);

        Assert.Equal(["CRASHED Crashed"], await States(notifier));
        Assert.Empty(_heard);
    }

    [Fact]
    public async Task Are_asked_for_again_when_Prefect_does_not_answer_and_wants_a_token()
    {
        await using var notifier = await StartWithPrefect();
        var run = await StartRun(notifier);
        notifier.Simulator.Prefect.SetState(run, "FAILED");
        notifier.Simulator.Options.Prefect.CsrfProtection = true;
        var down = notifier.Simulator.Faults.Add(Fault.WithStatus("*/flow_runs/filter", 503));
        await Sweep(notifier);
        Assert.Equal([""], (await States(notifier)).Select(state => state.Trim()));
        down.Dispose();

        await Sweep(notifier);

        Assert.Equal(["FAILED Failed"], await States(notifier));
    }

    [Theory]
    [InlineData("respond-to-alert/another")]
    [InlineData(null)]
    public async Task Are_resolved_as_what_was_reported_also_when_their_integration_starts_another_deployment_or_is_gone(string? deployment)
    {
        await using var notifier = await StartWithPrefect();
        var run = await StartRun(notifier);
        notifier.Simulator.Prefect.SetState(run, "FAILED");
        await Sweep(notifier);
        await notifier.Until(() => Task.FromResult(_heard.Count == 1), "it is reported");

        await notifier.Restart(deployment is null ? [] : Settings(notifier, ("Deployment", deployment)));
        await notifier.EndSchedule();
        await Listen(notifier);
        notifier.Simulator.Prefect.SetState(run, "COMPLETED");
        for (var minutes = 0; minutes < 30; minutes += 10)
            await Sweep(notifier);
        // What was reported may come once more after the restart.
        await notifier.Until(() => Task.FromResult(_heard.Any(heard => heard.State == ConditionState.Resolved)), "its end is reported");

        var (fired, resolved) = (_heard.First(), _heard.First(heard => heard.State == ConditionState.Resolved));
        Assert.Equal(fired.ExternalId, resolved.ExternalId);
        Assert.Equal(fired.Labels.OrderBy(label => label.Key), resolved.Labels.OrderBy(label => label.Key));
    }

    [Fact]
    public async Task Are_not_followed_where_that_is_switched_off()
    {
        await using var notifier = await StartWithPrefect(("Follow", "false"));
        await StartRun(notifier);
        Assert.Empty(await States(notifier));
    }

    async Task<Guid> StartRun(NotifierSession notifier, string source = "segware")
    {
        await notifier.Publish(Raised(_alert) with { Source = source });
        await notifier.Until(_alert, "flow raised: sent");
        return notifier.Simulator.Prefect.FlowRuns.Single().Id;
    }

    async Task Sweep(NotifierSession notifier)
    {
        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Services.GetRequiredService<FlowRunSweep>().Run(default);
    }

    static Task<List<string>> States(NotifierSession notifier) =>
        notifier.Query<string>("select coalesce(state, '') || ' ' || coalesce(state_name, '') from notifier_flow_runs");

    async Task<NotifierSession> StartWithPrefect(params (string Key, string Value)[] others)
    {
        var notifier = await Start(_clock);
        await notifier.Restart(Settings(notifier, others));
        await notifier.EndSchedule();
        await Listen(notifier);
        return notifier;
    }

    async Task Listen(NotifierSession notifier)
    {
        var listener = notifier.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpoint("listener", endpoint =>
            endpoint.Handler<ConditionReported>(context =>
            {
                foreach (var condition in context.Message.Conditions)
                    _heard.Enqueue(condition);
                return Task.CompletedTask;
            }));
        await listener.Ready;
    }

    static (string Key, string Value)[] Settings(NotifierSession notifier, params (string Key, string Value)[] others) =>
        VendorSettings.Of("flow", "prefect", [("BaseUrl", $"{notifier.Simulator.Url}api"),
            ("AuthString", notifier.Simulator.Options.Prefect.AuthString), ("Deployment", "respond-to-alert/simulated"),
            ("Parameters:alert_id", "{alertId}"), .. others]);
}
