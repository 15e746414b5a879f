using Sigma.Simulator.Faults;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Alert_deliveries
{
    const string Send = "*/send_message";
    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task A_raise_is_written_down_and_told_on_every_channel_and_its_end_to_WhatsApp()
    {
        await using var notifier = await Start();

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp cleared: sent", "whatsapp raised: sent");

        Assert.Equal(
            """
            🚨 *Excesso de eventos*
            *0042* Padaria do Zé
            Empresa: Vigília Sul Ltda
            Grupo: Varejo
            CUC: ALR
            Código: E130
            *20 eventos* (limite 20)
            De 20/11 16:00 até 20/11 18:00
            """, notifier.Simulator.Received.Messages[0].Message);
        Assert.Equal(
            """
            ✅ *Volume normalizado*
            *0042* Padaria do Zé
            Empresa: Vigília Sul Ltda
            Grupo: Varejo
            CUC: ALR
            Código: E130
            Agora 4 eventos (limite 20)
            Alerta de 20/11 18:00 até 20/11 19:05 (1 h 05 min)
            """, notifier.Simulator.Received.Messages[1].Message);
        Assert.All(notifier.Simulator.Received.Messages, m => Assert.Equal(("chatpro-1", Recipient), (m.InstanceId, m.Number)));
        var alarm = Assert.Single(notifier.Simulator.Received.AlarmEvents).Item;
        Assert.Equal(("0042", 3L, "E702"), (alarm.Account, alarm.CompanyId, alarm.Code));
        Assert.Equal(["3EB0000000000001"],
            await notifier.Query<string>("select receipt from notifier_deliveries where channel = 'whatsapp' and kind = 'raised'"));
        Assert.Equal([
            "sigma-cloud-events-tracker 0042 E702 3 sent Excesso de eventos: 20 (limite 20); de 20/11 16:00 até 20/11 18:00; CUC ALR; código E130"],
            await notifier.Query<string>(
                """
                select application_type || ' ' || account || ' ' || code || ' ' || company_id || ' ' || status || ' ' || complement
                  from sigma_cloud_alarm_events
                """));
        Assert.Equal(["0042|Padaria do Zé|Vigília Sul Ltda|Varejo|ALR|E130|20|2026-11-20 19:00:00|2026-11-20 21:00:00|4|volume-normal"],
            await notifier.Query<string>(
            """
            select account_code || '|' || trade_name || '|' || company_trade_name || '|' || client_group_name || '|' || cuc || '|' || code
              || '|' || quantity || '|' || period_started_at || '|' || period_ended_at || '|' || cleared_quantity || '|' || cleared_reason
            from sigma_cloud_events_tracker_registers
            """));
    }

    [Fact]
    public async Task A_message_that_was_consumed_leaves_the_outbox()
    {
        await using var notifier = await Start();

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        await notifier.Until(async () => await notifier.Query<long>("select count(*) from outbox") is [0],
            "messages that were consumed are in the outbox");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_orders_of_raise_and_clear_each_twice_end_in_the_same_rows(bool raiseFirst)
    {
        await using var notifier =
            await Start(("Notifier:Channels:WhatsApp:OnClear", "true"), ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"));
        var hold = notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 503));

        for (var time = 0; time < 2; time++)
        {
            if (raiseFirst)
                await notifier.Publish(Raised(_alert, count: 23));
            await notifier.Publish(Cleared(_alert));
            if (!raiseFirst)
            {
                await notifier.Until(async () => (await notifier.Deliveries(_alert)).Length > 0, "the clear that came first was not kept");
                await notifier.Publish(Raised(_alert, count: 23));
            }
        }
        await notifier.Until(async () => (await notifier.Query<long>(
            "select count(*) from sigma_cloud_events_tracker_registers where raised_at is not null and cleared_at is not null"))[0] == 1,
            "the register is not complete");
        hold.Dispose();
        await notifier.Until(_alert, "whatsapp cleared: merged", "whatsapp raised: sent");

        Assert.Equal(["23|4|2026-11-20 19:00:00"], await notifier.Query<string>(
            "select quantity || '|' || cleared_quantity || '|' || period_started_at from sigma_cloud_events_tracker_registers"));
        Assert.Equal(
            """
            ℹ️ *Excesso de eventos, já normalizado*
            *0042* Padaria do Zé
            CUC: ALR
            Código: E130
            23 eventos (limite 20), de 20/11 18:00 até 20/11 19:05 (1 h 05 min)
            """, Assert.Single(notifier.Simulator.Received.Messages).Message);
    }

    [Theory]
    [InlineData("rule-removed")]
    [InlineData("rule-changed")]
    public async Task An_alert_that_ends_with_its_rule_does_not_say_that_the_volume_is_normal(string reason)
    {
        await using var notifier = await Start(("Notifier:Channels:SegwareAlarmEvent:OnClear", "true"));

        await notifier.Publish(Raised(_alert, count: 23));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");
        await notifier.Publish(Cleared(_alert) with { Reason = reason, Count = 0 });
        await notifier.Until(_alert, "segware-alarm-event cleared: sent", "segware-alarm-event raised: sent", "whatsapp cleared: sent",
            "whatsapp raised: sent");

        Assert.Equal(
            """
            ℹ️ *Alerta encerrado: a regra mudou*
            *0042* Padaria do Zé
            Empresa: Vigília Sul Ltda
            Grupo: Varejo
            CUC: ALR
            Código: E130
            A regra excess foi removida ou alterada; o volume não foi verificado.
            Alerta de 23 eventos (limite 20), de 20/11 18:00 até 20/11 19:05 (1 h 05 min)
            """, notifier.Simulator.Received.Messages[1].Message);
        Assert.Equal(
            "Alerta encerrado, a regra excess mudou: o volume não foi verificado; eram 23 eventos (limite 20); de 20/11 18:00 até 20/11 19:05; CUC "
                + "ALR; código E130",
            notifier.Simulator.Received.AlarmEvents[1].Item.Complement);
    }

    [Fact]
    public async Task An_alert_that_ended_with_its_rule_before_it_was_told_says_both()
    {
        await using var notifier = await Start();
        var hold = notifier.Simulator.Faults.Add(Fault.WithStatus("*", 503) with { Method = "POST" });

        await notifier.Publish(Raised(_alert, count: 23));
        await notifier.Publish(Cleared(_alert) with { Reason = "rule-removed" });
        await notifier.Until(async () => (await notifier.Query<long>(
            "select count(*) from sigma_cloud_events_tracker_registers where raised_at is not null and cleared_at is not null"))[0] == 1,
            "the register is not complete");
        hold.Dispose();
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp cleared: merged", "whatsapp raised: sent");

        Assert.Contains("ℹ️ *Excesso de eventos, encerrado: a regra mudou*\n*0042* Padaria do Zé",
            Assert.Single(notifier.Simulator.Received.Messages).Message);
        Assert.Contains("encerrado, a regra excess mudou", Assert.Single(notifier.Simulator.Received.AlarmEvents).Item.Complement);
    }

    [Fact]
    public async Task ChatPro_down_leaves_Segware_alone_and_back_again_every_message_goes_out_once()
    {
        await using var notifier = await Start();
        var alerts = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToList();
        var outage = notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 503));

        foreach (var alert in alerts)
            await notifier.Publish(Raised(alert));
        await notifier.Until(async () => (await notifier.Query<long>("select count(*) from sigma_cloud_alarm_events where status = 'sent'"))[0] == 8,
            "Segware was not told of all");
        await outage.Struck(default);
        outage.Dispose();
        foreach (var alert in alerts)
            await notifier.Until(alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        Assert.Equal(8, notifier.Simulator.Received.Messages.Count);
        Assert.Equal(8, notifier.Simulator.Received.AlarmEvents.Count);
    }

    [Fact]
    public async Task What_WhatsApp_refuses_for_good_has_failed_and_its_clear_is_not_sent()
    {
        await using var notifier = await Start();
        notifier.Simulator.ChatPro.SetNotOnWhatsApp(Recipient);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: failed");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp cleared: skipped", "whatsapp raised: failed");

        Assert.Contains("not on WhatsApp", (await notifier.Query<string>("select reason from notifier_deliveries where kind = 'cleared'"))[0]);
    }

    [Fact]
    public async Task Too_many_requests_is_tried_again_when_the_API_says_so()
    {
        await using var notifier = await Start();
        notifier.Simulator.Faults.Add(Fault.TooMany(Send, TimeSpan.FromSeconds(2)) with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        var calls = notifier.Simulator.Received.Calls.Where(c => c.Path.EndsWith("send_message", StringComparison.Ordinal)).ToList();
        Assert.Equal([429, 201], calls.Select(c => c.Status));
        Assert.InRange(calls[1].At - calls[0].At, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_call_that_may_have_been_heard_is_made_again_by_default()
    {
        await using var notifier = await Start(("ChatPro:Patience:Timeout", "00:00:00.5"));
        notifier.Simulator.Faults.Add(Fault.DoneThenHanging(Send) with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        Assert.Equal(2, notifier.Simulator.Received.Messages.Count);
    }

    [Theory]
    [InlineData(Send)]
    [InlineData("/v3/events/alarm")]
    public async Task A_page_that_says_200_in_place_of_the_API_is_no_receipt(string path)
    {
        await using var notifier = await Start();
        notifier.Simulator.Faults.Add(Fault.NotJson(path) with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        Assert.Single(notifier.Simulator.Received.Messages);
        Assert.Single(notifier.Simulator.Received.AlarmEvents);
    }

    [Fact]
    public async Task A_call_that_may_have_been_heard_waits_for_a_person_where_that_is_set()
    {
        await using var notifier =
            await Start(("ChatPro:Patience:Timeout", "00:00:00.5"), ("Notifier:Channels:WhatsApp:WhenUncertain", "AskAPerson"));
        notifier.Simulator.Faults.Add(Fault.DoneThenHanging(Send) with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: uncertain");

        Assert.Single(notifier.Simulator.Received.Messages);
    }

    [Fact]
    public async Task After_the_time_an_alert_matters_it_has_failed_with_the_last_reason()
    {
        await using var notifier = await Start(("Notifier:Deliveries:GiveUpAfter", "00:00:03"), ("Segware:Patience:BreakAfter", "1000"));
        notifier.Simulator.Faults.Add(Fault.WithStatus("/v3/events/alarm", 500));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: failed", "whatsapp raised: sent");

        Assert.Contains("500", (await notifier.Query<string>("select reason from notifier_deliveries where state = 'failed'"))[0]);
        Assert.Equal(["failed"], await notifier.Query<string>("select status from sigma_cloud_alarm_events"));
    }

    [Fact]
    public async Task A_channel_that_is_switched_off_is_told_nothing()
    {
        await using var notifier = await Start(("Notifier:Channels:WhatsApp:Enabled", "false"), ("ChatPro:Token", ""));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent");

        Assert.Empty(notifier.Simulator.Received.Messages);
    }
}
