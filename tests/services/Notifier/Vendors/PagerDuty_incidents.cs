using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.SystemNotices;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class PagerDuty_incidents
{
    const string Key = "0123456789abcdef0123456789abcdef";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_triggered_by_a_raise_and_resolved_by_its_end_under_one_key()
    {
        await using var vendor = await VendorServer.Start(PagerDuty);
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert) with { Severity = "critical" });
        await notifier.Until(_alert, "pager raised: sent");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "pager cleared: sent", "pager raised: sent");

        var (trigger, resolve) = (vendor.Calls[0].Json, vendor.Calls[1].Json);
        Assert.Equal("/v2/enqueue", vendor.Calls[0].Path);
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
    public async Task Of_an_alert_that_ended_before_it_could_be_told_are_triggered_and_resolved()
    {
        var down = true;
        await using var vendor = await VendorServer.Start(call => down ? new(503) : PagerDuty(call));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(async () => await notifier.Query<long>(
            "select count(*) from sigma_cloud_events_tracker_registers where raised_at is not null and cleared_at is not null") is [1],
            "it is not over");
        down = false;
        await notifier.Until(_alert, "pager cleared: merged", "pager raised: sent");

        Assert.Equal(["trigger", "resolve"], vendor.Calls.TakeLast(2).Select(call => call.Json.GetProperty("event_action").GetString()));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(0)]
    public async Task Are_asked_for_again_when_the_call_failed_or_was_not_answered(int status)
    {
        await using var vendor = await VendorServer.Start();
        vendor.Answers = call => vendor.Calls.Count > 1 ? PagerDuty(call)
            : status > 0 ? new(status, "{}", ("Retry-After", "1")) : new(202) { After = TimeSpan.FromSeconds(5) };
        await using var notifier = await Start(Settings(vendor, ("Api:Patience:Timeout", "00:00:01"), ("WhenUncertain", "AskAPerson")));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "pager raised: sent");

        Assert.Equal(2, vendor.Calls.Count);
        Assert.Equal(Head(vendor.Calls[0].Json), Head(vendor.Calls[1].Json));
    }

    [Fact]
    public async Task That_PagerDuty_refuses_have_failed_without_their_key_in_the_reason()
    {
        await using var vendor = await VendorServer.Start(_ =>
            new(400, $$"""{"status":"invalid event","message":"Event object is invalid","errors":["no service has {{Key}}"]}"""));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "pager raised: failed");

        Assert.Single(vendor.Calls);
        var reason = (await notifier.Query<string>("select reason from notifier_deliveries"))[0];
        Assert.Contains("Event object is invalid", reason);
        Assert.DoesNotContain(Key, reason);
    }

    [Fact]
    public async Task Have_a_summary_of_1024_characters_at_most()
    {
        await using var vendor = await VendorServer.Start(PagerDuty);
        await using var notifier = await Start(Settings(vendor, ("RaisedText", new string('x', 2000) + " {code}")));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "pager raised: sent");

        Assert.Equal(1024, vendor.Calls[0].Json.GetProperty("payload").GetProperty("summary").GetString()!.Length);
    }

    [Fact]
    public async Task Tell_that_nothing_is_watched_and_are_resolved_when_it_is_again()
    {
        await using var vendor = await VendorServer.Start(PagerDuty);
        await using var notifier = await Start(Settings(vendor));
        await notifier.EndSchedule();
        var subject = Guid.NewGuid();
        foreach (var kind in (string[])[NoticeKind.Warning, NoticeKind.AllClear])
        {
            await using (var session = await notifier.Database.Begin(default))
            {
                await notifier.Services.GetRequiredService<NoticePlan>().Add(session, subject, kind, "⚠️ *Monitoramento parado*", default);
                await session.Commit(default);
            }
            await notifier.Services.GetRequiredService<NoticeSender>().Run(default);
        }

        Assert.Equal([(Key, "trigger", $"{subject}"), (Key, "resolve", $"{subject}")], vendor.Calls.Select(call => Head(call.Json)));
        Assert.Equal("Monitoramento parado", vendor.Calls[0].Json.GetProperty("payload").GetProperty("summary").GetString());
    }

    [Theory]
    [InlineData("RoutingKey", "", "RoutingKey is required")]
    [InlineData("RoutingKey", "short", "RoutingKey must be 32 letters and digits")]
    public async Task With_wrong_settings_do_not_begin(string key, string value, string line)
    {
        await using var vendor = await VendorServer.Start();

        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line,
            await VendorSettings.ErrorOf([.. Settings(vendor), (VendorSettings.Key(key), value)]));
    }

    static (string?, string?, string?) Head(System.Text.Json.JsonElement body) => (body.GetProperty("routing_key").GetString(),
        body.GetProperty("event_action").GetString(), body.GetProperty("dedup_key").GetString());

    /// <summary>As strict as PagerDuty's Events API.</summary>
    static VendorAnswer PagerDuty(VendorCall call)
    {
        var body = call.Json;
        if (call.Path != "/v2/enqueue" || body.GetProperty("routing_key").GetString() is not { Length: 32 })
            return new(400, """{"status":"invalid event","errors":["routing_key"]}""");
        if (body.GetProperty("event_action").GetString() == "trigger")
        {
            var payload = body.GetProperty("payload");
            if (payload.GetProperty("summary").GetString() is not { Length: > 0 and <= 1024 }
                || payload.GetProperty("source").GetString() is not { Length: > 0 }
                || payload.GetProperty("severity").GetString() is not ("critical" or "error" or "warning" or "info"))
                return new(400, """{"status":"invalid event","errors":["payload"]}""");
        }
        return new(202, $$"""{"status":"success","message":"Event processed","dedup_key":"{{body.GetProperty("dedup_key").GetString()}}"}""");
    }

    static (string Key, string Value)[] Settings(VendorServer vendor, params (string Key, string Value)[] others) =>
        VendorSettings.Of("pager", "pagerduty", [("BaseUrl", vendor.Url), ("RoutingKey", Key), .. others]);
}
