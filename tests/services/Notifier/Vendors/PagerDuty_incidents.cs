using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.SystemNotices;
using Sigma.Simulator;
using Sigma.Simulator.Faults;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class PagerDuty_incidents
{
    const string Key = "0123456789abcdef0123456789abcdef", Enqueuing = "/v2/enqueue";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_triggered_by_a_raise_and_resolved_by_its_end_under_one_key()
    {
        await using var notifier = await Start(Settings());

        await notifier.Publish(Raised(_alert) with { Severity = "critical" });
        await notifier.Until(_alert, "pager raised: sent");
        Assert.Equal((Key, $"{_alert}"), notifier.Simulator.PagerDuty.Open.Select(open => (open.RoutingKey, open.DedupKey)).Single());
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "pager cleared: sent", "pager raised: sent");

        Assert.Empty(notifier.Simulator.PagerDuty.Open);
        var (trigger, resolve) = (Posts(notifier)[0], Posts(notifier)[1]);
        Assert.Equal((Key, "trigger", $"{_alert}"), Head(trigger));
        Assert.Equal((Key, "resolve", $"{_alert}"), Head(resolve));
        var payload = trigger.GetProperty("payload");
        Assert.Equal("Excesso de eventos: 0042 Padaria do Zé, CUC ALR, código E130, 20 eventos (limite 20)",
            payload.GetProperty("summary").GetString());
        Assert.Equal(("0042", "critical", "2026-11-20T21:00:30+00:00"), (payload.GetProperty("source").GetString(),
            payload.GetProperty("severity").GetString(), payload.GetProperty("timestamp").GetString()));
        Assert.Equal("E130", payload.GetProperty("custom_details").GetProperty("code").GetString());
        Assert.False(resolve.TryGetProperty("payload", out _));
    }

    [Fact]
    public async Task Are_acknowledged_once_by_who_takes_the_alert_on()
    {
        await using var notifier = await Start(Settings());
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "pager raised: sent");

        await notifier.Publish(Escalated_alerts.Acknowledged(_alert));
        await notifier.Publish(Escalated_alerts.Acknowledged(_alert, "Rui"));
        await notifier.Until(_alert, "pager acknowledged: sent", "pager raised: sent");
        Assert.True(notifier.Simulator.PagerDuty.Open.Single().IsAcknowledged);
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "pager acknowledged: sent", "pager cleared: sent", "pager raised: sent");

        Assert.Equal([(Key, "trigger", $"{_alert}"), (Key, "acknowledge", $"{_alert}"), (Key, "resolve", $"{_alert}")], Posts(notifier).Select(Head));
        Assert.False(Posts(notifier)[1].TryGetProperty("payload", out _));
    }

    [Fact]
    public async Task Are_acknowledged_after_they_were_triggered_in_whichever_order_that_is_heard()
    {
        await using var notifier = await Start(Settings());
        await notifier.Publish(Escalated_alerts.Acknowledged(_alert));
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_decisions") is [1], "it is acknowledged");
        var down = notifier.Simulator.Faults.Add(Fault.WithStatus(Enqueuing, 503));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where attempts > 1") is [1],
            "the trigger is tried");
        down.Dispose();

        await notifier.Until(_alert, "pager acknowledged: sent", "pager raised: sent");
        Assert.Equal(["trigger", "acknowledge"], Posts(notifier).Select(post => post.GetProperty("event_action").GetString()));
    }

    [Fact]
    public async Task That_were_resolved_are_acknowledged_no_more_and_none_where_that_is_switched_off()
    {
        await using var notifier = await Start(simulator =>
            [.. VendorSettings.Of("pager", "pagerduty", [("BaseUrl", $"{simulator.Url}"), ("RoutingKey", Key)]),
                ("Notifier:Receivers:0:Integrations:1:Name", "quiet"), ("Notifier:Receivers:0:Integrations:1:Type", "pagerduty"),
                ("Notifier:Receivers:0:Integrations:1:BaseUrl", $"{simulator.Url}"), ("Notifier:Receivers:0:Integrations:1:RoutingKey", Key),
                ("Notifier:Receivers:0:Integrations:1:OnAcknowledge", "false")]);
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "pager raised: sent", "quiet raised: sent");
        var down = notifier.Simulator.Faults.Add(Fault.WithStatus(Enqueuing, 503));
        await notifier.Publish(Escalated_alerts.Acknowledged(_alert));
        await notifier.Until(async () => (await notifier.Deliveries(_alert)).Length == 3, "its acknowledgement is planned");

        await notifier.Publish(Cleared(_alert));
        await notifier.Until(async () => await notifier.Query<long>(
            "select count(*) from sigma_cloud_events_tracker_registers where cleared_at is not null") is [1], "it is over");
        down.Dispose();

        await notifier.Until(_alert, "pager acknowledged: skipped", "pager cleared: sent", "pager raised: sent", "quiet cleared: sent",
            "quiet raised: sent");
        Assert.DoesNotContain("acknowledge", Posts(notifier).Select(post => post.GetProperty("event_action").GetString()));
    }

    [Fact]
    public async Task Of_an_alert_that_ended_before_it_could_be_told_are_triggered_and_resolved()
    {
        await using var notifier = await Start(Settings());
        var down = notifier.Simulator.Faults.Add(Fault.WithStatus(Enqueuing, 503));

        await notifier.Publish(Raised(_alert));
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(async () => await notifier.Query<long>(
            "select count(*) from sigma_cloud_events_tracker_registers where raised_at is not null and cleared_at is not null") is [1],
            "it is not over");
        down.Dispose();
        await notifier.Until(_alert, "pager cleared: merged", "pager raised: sent");

        Assert.Equal(["trigger", "resolve"], Posts(notifier).Select(post => post.GetProperty("event_action").GetString()));
        Assert.Empty(notifier.Simulator.PagerDuty.Open);
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.Status)]
    [InlineData(FaultKind.DoneThenHang)]
    public async Task Are_asked_for_again_when_the_call_failed_or_was_not_answered(FaultKind kind)
    {
        await using var notifier = await Start(Settings(("Api:Patience:Timeout", "00:00:01"), ("WhenUncertain", "AskAPerson")));
        notifier.Simulator.Faults.Add(new Fault { Path = Enqueuing, Kind = kind, RetryAfter = TimeSpan.FromSeconds(1), Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "pager raised: sent");

        Assert.Equal([2], await notifier.Query<int>("select attempts from notifier_deliveries"));
        Assert.Single(notifier.Simulator.PagerDuty.Open); // however often it was triggered
    }

    [Fact]
    public async Task That_PagerDuty_refuses_have_failed_without_their_key_in_the_reason()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Faults.Add(Fault.Answering(Enqueuing, 400,
            $$"""{"status":"invalid event","message":"Event object is invalid","errors":["no service has {{Key}}"]}"""));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "pager raised: failed");

        var reason = (await notifier.Query<string>("select reason from notifier_deliveries"))[0];
        Assert.Contains("Event object is invalid", reason);
        Assert.DoesNotContain(Key, reason);
        Assert.Equal([1], await notifier.Query<int>("select attempts from notifier_deliveries"));
    }

    [Fact]
    public async Task Have_a_summary_of_1024_characters_at_most()
    {
        await using var notifier = await Start(Settings(("RaisedText", new string('x', 2000) + " {code}")));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "pager raised: sent");

        Assert.Equal(1024, Posts(notifier)[0].GetProperty("payload").GetProperty("summary").GetString()!.Length);
    }

    [Fact]
    public async Task Tell_that_nothing_is_watched_and_are_resolved_when_it_is_again()
    {
        await using var notifier = await Start(Settings());
        await notifier.EndSchedule();
        var subject = Guid.NewGuid();
        foreach (var kind in (NoticeKind[])[NoticeKind.Warning, NoticeKind.AllClear])
        {
            await using (var session = await notifier.Database.Begin(default))
            {
                await notifier.Services.GetRequiredService<NoticePlan>().Add(session, subject, kind, "⚠️ *Monitoramento parado*", default);
                await session.Commit(default);
            }
            await notifier.Services.GetRequiredService<NoticeSender>().Run(default);
        }

        Assert.Equal([(Key, "trigger", $"{subject}"), (Key, "resolve", $"{subject}")], Posts(notifier).Select(Head));
        Assert.Equal("Monitoramento parado", Posts(notifier)[0].GetProperty("payload").GetProperty("summary").GetString());
    }

    [Theory]
    [InlineData("RoutingKey", "", "RoutingKey is required")]
    [InlineData("RoutingKey", "short", "RoutingKey must be 32 letters and digits")]
    public async Task With_wrong_settings_do_not_begin(string key, string value, string line)
    {
        await using var notifier = await Start();
        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line,
            await VendorSettings.ErrorOf(Settings((key, value))(notifier.Simulator)));
    }

    static List<JsonElement> Posts(NotifierSession notifier) => [.. notifier.Simulator.PagerDuty.Inbox.Posts.Select(post => post.Body)];

    static (string?, string?, string?) Head(JsonElement body) => (body.GetProperty("routing_key").GetString(),
        body.GetProperty("event_action").GetString(), body.GetProperty("dedup_key").GetString());

    static Func<SimulatorApp, (string Key, string Value)[]> Settings(params (string Key, string Value)[] others) => simulator =>
        VendorSettings.Of("pager", "pagerduty", [("BaseUrl", $"{simulator.Url}"), ("RoutingKey", Key), .. others]);
}
