using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Simulator.Faults;
using Sigma.Storage;
using Sigma.Storage.Outbox;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Receivers_of_alerts
{
    const string Send = "*/send_message", Operators = "120363041234567890@g.us", Owner = "5511999990000";

    readonly Guid _alert = Guid.NewGuid();
    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task Without_any_in_the_settings_there_is_one_with_todays_channels_names_and_ids()
    {
        await using var notifier = await Start();

        var receivers = notifier.Services.GetRequiredService<ReceiverSettings>();
        Assert.Equal(["whatsapp notifier.whatsapp", "segware-alarm-event notifier.segware-alarm-event"],
            Assert.Single(receivers.All).Integrations.Select(i => $"{i.Name} {i.Type.Queue}"));
        Assert.Equal("1c3e951e-b1fd-895d-e484-f0da02694c3c",
            $"{DeliveryTable.IdOf(new Guid("01a1fda4-003c-7738-87ce-f1ffd52431cb"), "raised", "whatsapp")}");
    }

    [Fact]
    public async Task Two_groups_each_have_a_recipient_an_instance_and_a_rate_of_their_own()
    {
        await using var notifier = await Start(
        [
            .. WhatsApp(0, "operators", Operators),
            .. WhatsApp(1, "owner", Owner, ("ChatPro:InstanceId", "chatpro-2"), ("MessageEvery", "01:00:00"), ("MessageBurst", "1"),
                ("RaisedText", "{code} {accountCode}")),
        ]);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent", "owner raised: sent");
        var second = Guid.NewGuid();
        await notifier.Publish(Raised(second));
        await notifier.Until(second, "operators raised: sent", "owner raised: waiting");

        var messages = notifier.Simulator.Received.Messages;
        Assert.Equal(["chatpro-1", "chatpro-1"], messages.Where(m => m.Number == Operators).Select(m => m.InstanceId));
        Assert.Equal(["chatpro-2 E130 0042"], messages.Where(m => m.Number == Owner).Select(m => $"{m.InstanceId} {m.Message}"));
        Assert.Empty(notifier.Simulator.Received.AlarmEvents);
    }

    [Fact]
    public async Task Who_got_the_raise_gets_the_clear_whatever_the_settings_say_since()
    {
        await using var notifier = await Start(_clock, [.. WhatsApp(0, "stays", Operators), .. WhatsApp(1, "goes", Owner)]);
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "goes raised: sent", "stays raised: sent");

        await notifier.Restart([.. WhatsApp(0, "comes", Owner), .. WhatsApp(1, "stays", Operators)]);
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "goes cleared: pending", "goes raised: sent", "stays cleared: sent", "stays raised: sent");

        // Another notifier may still have the old settings, or already new ones: what nobody has after a while is done with.
        var sweep = notifier.Services.GetRequiredService<Sweep>();
        await sweep.SendAgain(default);
        Assert.Contains("goes cleared: pending", await notifier.Deliveries(_alert));
        _clock.Advance(TimeSpan.FromMinutes(16));
        await sweep.SendAgain(default);
        Assert.Contains("goes cleared: skipped", await notifier.Deliveries(_alert));
        Assert.Equal(["no receiver has this integration any more"],
            await notifier.Query<string>("select reason from notifier_deliveries where channel = 'goes' and kind = 'cleared'"));
        Assert.Equal(3, notifier.Simulator.Received.Messages.Count);
    }

    [Fact]
    public async Task A_clear_that_comes_before_its_raise_is_for_those_who_then_get_the_raise()
    {
        await using var notifier = await Start([.. WhatsApp(0, "stays", Operators), .. WhatsApp(1, "goes", Owner)]);
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "goes cleared: pending", "stays cleared: pending");

        await notifier.Restart([.. WhatsApp(0, "comes", Owner), .. WhatsApp(1, "stays", Operators)]);
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "comes raised: sent", "goes cleared: pending", "stays cleared: merged", "stays raised: sent");

        Assert.All(notifier.Simulator.Received.Messages, m => Assert.StartsWith("ℹ️ *Excesso de eventos, já normalizado*", m.Message));
        Assert.Equal([Operators, Owner], notifier.Simulator.Received.Messages.Select(m => m.Number).Order());
    }

    [Fact]
    public async Task An_installation_that_sets_its_first_receiver_clears_what_it_raised_before()
    {
        await using var notifier = await Start(("Notifier:Channels:SegwareAlarmEvent:OnClear", "true"));
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        await notifier.Restart([.. WhatsApp(0, "whatsapp", Operators), .. WhatsApp(1, "owner", Owner)]);
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "segware-alarm-event cleared: pending", "segware-alarm-event raised: sent", "whatsapp cleared: sent",
            "whatsapp raised: sent");
    }

    [Fact]
    public async Task A_message_of_before_there_were_receivers_is_for_the_channel_that_its_queue_is_named_after()
    {
        await using var notifier = await Start(("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"),
            ("Notifier:Deliveries:RetryFrom", "01:00:00"), ("Notifier:Deliveries:RetryTo", "01:00:00"));
        var outage = notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 503));
        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => await notifier.Query<long>("select attempts from notifier_deliveries where state = 'pending'") is [1],
            "it was never tried");
        outage.Dispose();
        await notifier.Execute("delete from outbox");
        await notifier.Execute("update notifier_recipients set held_until = 0, wake_at = 0");

        await using (var session = await notifier.Database.Begin(default))
        {
            var outbox = notifier.Services.GetRequiredService<OutboxSender>();
            DeliveryDue due = new() { DeliveryId = DeliveryTable.IdOf(_alert, "raised", "whatsapp"), AlertId = _alert, Attempt = 1 };
            await outbox.Send(session, new Uri("exchange:notifier.whatsapp"), due, _alert, TimeSpan.Zero, default);
            await outbox.Commit(session, default);
        }
        await notifier.Until(_alert, "whatsapp raised: sent");
    }

    [Fact]
    public async Task A_switched_off_integration_is_told_nothing_and_a_refused_token_is_named_by_its_own_key()
    {
        await using var notifier = await Start([.. WhatsApp(0, "operators", Operators, ("ChatPro:Token", "wrong")),
            .. WhatsApp(1, "owner", Owner, ("Enabled", "false"))]);

        await notifier.Publish(Raised(_alert));
        using var http = new HttpClient { BaseAddress = notifier.Url };
        await notifier.Until(async () => (await (await http.GetAsync("/health/ready")).Content.ReadAsStringAsync())
            .Contains("Notifier__Receivers__0__Integrations__0__ChatPro__Token is wrong"), "nobody says which token");

        await notifier.Until(_alert, "operators raised: pending"); // and never a row of the owner's
    }

    static IEnumerable<(string, string)> WhatsApp(int index, string name, string recipient, params (string Key, string Value)[] others) =>
        new[] { ("Name", name), ("Type", "whatsapp"), ("ChatPro:Recipient", recipient) }.Concat(others)
            .Select(s => ($"Notifier:Receivers:0:Integrations:{index}:{s.Item1}", s.Item2))
            .Concat(index > 0 ? [] : [("Notifier:Receivers:0:Name", "station")]);
}
