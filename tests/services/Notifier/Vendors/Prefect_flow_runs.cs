using Sigma.Contracts;
using Sigma.Simulator.Faults;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Prefect_flow_runs
{
    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_started_with_parameters_of_the_alert_and_shown_with_it()
    {
        await using var notifier = await StartWithPrefect();

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "flow raised: sent");
        await notifier.Publish(Cleared(_alert));

        var run = Assert.Single(notifier.Simulator.Prefect.FlowRuns);
        Assert.Equal(("excess raised", "respond-to-alert"), (run.Name, run.Deployment.Flow));
        Assert.Equal(($"{_alert}", "warning", 20), (run.Parameters.GetProperty("alert_id").GetString(),
            run.Parameters.GetProperty("severity").GetString(), run.Parameters.GetProperty("count").GetInt32()));
        Assert.False(run.Parameters.TryGetProperty("link", out _)); // the alert has none
        var alert = run.Parameters.GetProperty("all");
        Assert.Equal(("E130", "Padaria do Zé"), (alert.GetProperty("labels").GetProperty("code").GetString(),
            alert.GetProperty("account").GetProperty("tradeName").GetString()));
        var delivery = (await notifier.Query<Guid>("select delivery_id from notifier_deliveries"))[0];
        Assert.Equal($"{delivery}", run.IdempotencyKey);
        Assert.Equal([$"{notifier.Simulator.Url}runs/flow-run/{run.Id}"], await notifier.Query<string>("select receipt from notifier_deliveries"));
    }

    [Theory]
    [InlineData(FaultKind.DoneThenHang)]
    [InlineData(FaultKind.Cut)]
    [InlineData(FaultKind.Status)]
    public async Task Are_one_run_however_often_they_are_asked_for(FaultKind kind)
    {
        await using var notifier = await StartWithPrefect(("Api:Patience:Timeout", "00:00:01"), ("WhenUncertain", "AskAPerson"));
        notifier.Simulator.Faults.Add(new Fault { Path = "*/create_flow_run", Kind = kind, Status = 503, CutAfter = 0, Count = 2 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "flow raised: sent");

        Assert.Single(notifier.Simulator.Prefect.FlowRuns);
    }

    [Fact]
    public async Task Whose_parameters_do_not_fit_have_failed_with_the_servers_words()
    {
        await using var notifier = await StartWithPrefect(("Parameters:count", "many"));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "flow raised: failed");

        Assert.StartsWith("409", (await notifier.Query<string>("select reason from notifier_deliveries"))[0]);
    }

    [Fact]
    public async Task Wait_for_their_deployment_and_for_the_right_password()
    {
        await using var notifier = await StartWithPrefect(("AuthString", "admin:wrong-password"));
        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await Reason(notifier))?.StartsWith("401") == true, "it is not said");
        Assert.DoesNotContain("wrong-password", await Reason(notifier));

        await notifier.Restart(Settings(notifier, ("Deployment", "respond-to-alert/later")));
        await notifier.Until(async () => await Reason(notifier) == "404: there is no deployment respond-to-alert/later", "it is not said");
        notifier.Simulator.Prefect.Add(new("respond-to-alert", "later"));
        await notifier.Until(_alert, "flow raised: sent");
    }

    [Fact]
    public async Task Have_a_token_against_forged_calls_where_the_server_wants_one()
    {
        await using var notifier = await StartWithPrefect();
        notifier.Simulator.Options.Prefect.CsrfProtection = true;

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "flow raised: sent");
    }

    [Theory]
    [InlineData("false", "skipped")]
    [InlineData("true", "sent")]
    public async Task Are_started_by_a_drill_only_where_that_is_set(string set, string state)
    {
        await using var notifier = await StartWithPrefect(("StartForDrills", set));

        await notifier.Publish(Raised(_alert, labels: ("drill", "1")) with { Source = Drill.Source, RaisedAt = TimeProvider.System.GetUtcNow() });
        await notifier.Until(_alert, $"flow raised: {state}");

        Assert.Equal(state == "sent" ? 1 : 0, notifier.Simulator.Prefect.FlowRuns.Count);
    }

    [Theory]
    [InlineData("Deployment", "respond", "Deployment must be flow/deployment")]
    [InlineData("Parameters:x", "{nothing}", "Parameters__x names {nothing}, which no alert has")]
    [InlineData("ApiKey", "key", "ApiKey and AuthString must not be set both")]
    public async Task With_wrong_settings_do_not_begin(string key, string value, string line)
    {
        await using var notifier = await Start();
        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line, await VendorSettings.ErrorOf(Settings(notifier, (key, value))));
    }

    static async Task<NotifierSession> StartWithPrefect(params (string Key, string Value)[] others)
    {
        var notifier = await Start();
        notifier.Simulator.Options.Prefect.AuthString = "admin:prefect-password";
        await notifier.Restart(Settings(notifier, others));
        return notifier;
    }

    static (string Key, string Value)[] Settings(NotifierSession notifier, params (string Key, string Value)[] others) =>
        VendorSettings.Of("flow", "prefect", [("BaseUrl", $"{notifier.Simulator.Url}api"), ("AuthString", "admin:prefect-password"),
            ("Deployment", "respond-to-alert/simulated"), ("Parameters:alert_id", "{alertId}"), ("Parameters:severity", "{severity}"),
            ("Parameters:count", "{count}"), ("Parameters:all", "{alert}"), ("Parameters:link", "{url}"), .. others]);

    static async Task<string?> Reason(NotifierSession notifier) =>
        (await notifier.Query<string?>("select reason from notifier_deliveries")).FirstOrDefault();
}
