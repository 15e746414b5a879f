using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Simulator.Faults;
using Sigma.Storage;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Lost_messages
{
    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task A_delivery_whose_message_was_lost_is_found_by_the_sweep_once()
    {
        await using var notifier = await WithPendingDelivery();
        await notifier.Execute("delete from outbox");
        await notifier.Execute("update notifier_deliveries set next_attempt_at = next_attempt_at - 600000");
        var sweep = notifier.Services.GetRequiredService<Sweep>();

        Assert.Equal((1, 0), (await sweep.SendAgain(default), await sweep.SendAgain(default)));
        await notifier.Until(_alert, "whatsapp raised: sent");
        Assert.Single(notifier.Simulator.Received.Messages);
    }

    [Fact]
    public async Task A_notifier_that_died_in_the_middle_of_the_call_is_followed_by_another_when_its_claim_has_run_out()
    {
        await using var notifier = await WithPendingDelivery();
        await notifier.Execute("delete from outbox");
        await notifier.Execute("update notifier_deliveries set state = 'sending', attempts = 5, claimed_until = 1000, next_attempt_at = 1000");

        Assert.Equal(1, await notifier.Services.GetRequiredService<Sweep>().SendAgain(default));
        await notifier.Until(_alert, "whatsapp raised: sent");
    }

    [Fact]
    public async Task Messages_for_a_try_that_was_already_made_do_nothing()
    {
        await using var notifier = await WithPendingDelivery();
        await notifier.Until(async () => (await notifier.Query<long>("select attempts from notifier_deliveries"))[0] >= 1, "it was never tried");
        var ledger = notifier.Services.GetRequiredService<DeliveryQueue>();
        var channel = notifier.Services.GetRequiredService<ReceiverSet>().Find("whatsapp")!;
        for (var i = 0; i < 5; i++)
        {
            await using var session = await notifier.Database.Begin(default);
            await ledger.Send(session, channel, DeliveryTable.IdOf(_alert, "raised", "whatsapp"), _alert, 0, TimeSpan.Zero, default);
            await ledger.Commit(session, default);
        }
        await notifier.Until(_alert, "whatsapp raised: sent");

        Assert.Single(notifier.Simulator.Received.Messages);
    }

    [Fact]
    public async Task The_trace_goes_on_from_the_alert_through_the_outbox_to_the_call()
    {
        using var source = new ActivitySource("Sigma.Test");
        var seen = new System.Collections.Concurrent.ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name is "Sigma.Test" or "Sigma.Notifier" or "MassTransit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var notifier = await Start();
        string trace;
        using (var poll = source.StartActivity("poll"))
        {
            trace = poll!.TraceId.ToString();
            await notifier.Publish(Raised(_alert));
        }
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        Assert.Equal(2, seen.Count(a => a.OperationName == "deliver" && a.TraceId.ToString() == trace));
    }

    [Fact]
    public async Task A_refused_token_makes_the_notifier_unready_until_it_is_let_in()
    {
        await using var notifier = await Start(("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"));
        using var http = new HttpClient { BaseAddress = notifier.Url };
        var refusal = notifier.Simulator.Faults.Add(Fault.WithStatus("*/send_message", 401));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await (await http.GetAsync("/health/ready")).Content.ReadAsStringAsync()).Contains("ChatPro__Token"),
            "nobody says why nothing goes out");
        refusal.Dispose();
        await notifier.Until(_alert, "whatsapp raised: sent");

        Assert.Contains("\"chatpro\":\"ok\"", await http.GetStringAsync("/health/ready"));
    }

    async Task<NotifierSession> WithPendingDelivery()
    {
        var notifier = await Start(("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"), ("Notifier:Deliveries:RetryFrom", "00:00:02"),
            ("Notifier:Deliveries:RetryTo", "00:00:02"));
        var outage = notifier.Simulator.Faults.Add(Fault.WithStatus("*/send_message", 503) with { Count = 1 });
        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await notifier.Query<string>("select coalesce(reason, '') from notifier_deliveries"))
            .Any(r => r.Length > 0),
            "nothing failed");
        outage.Dispose();
        return notifier;
    }
}
