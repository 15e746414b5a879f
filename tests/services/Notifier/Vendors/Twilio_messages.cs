using System.Text.Json;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Twilio;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Twilio_messages
{
    const string Number = "+5511999990000", Template = "HX0123456789abcdef0123456789abcdef";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_delivered_when_Twilio_says_so_and_the_end_follows()
    {
        await using var notifier = await StartWithTwilio("sms");

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await Row(notifier))?.EndsWith(", which is queued") == true, "it is asked about");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "phone cleared: pending", "phone raised: pending"); // what was taken says only that it was raised
        Assert.False(await new DeliveryDecision(notifier.Database, TimeProvider.System) // it may arrive still, and then its end is to be told
            .GiveUp(DeliveryTable.IdOf(_alert, DeliveryKind.Raised, "phone"), "Ana", default));
        Arrive(notifier, 0);
        await notifier.Until(_alert, "phone cleared: pending", "phone raised: sent");
        await Sent(notifier, 2);
        Arrive(notifier, 1);
        await notifier.Until(_alert, "phone cleared: sent", "phone raised: sent");

        var messages = notifier.Simulator.Twilio.Messages;
        Assert.Equal((Number, "+15005550006", 2), (messages[0].To, messages[0].From, messages.Count));
        Assert.Equal("Excesso de eventos: 0042 Padaria do Zé, CUC ALR, codigo E130, 20 eventos (limite 20)", messages[0].Body);
        Assert.StartsWith("Volume normalizado: 0042 Padaria do Zé", messages[1].Body);
        Assert.Equal(messages.Select(message => message.Sid),
            await notifier.Query<string>("select receipt from notifier_deliveries order by kind desc"));
    }

    [Theory]
    [InlineData(TwilioStatus.Undelivered, "is undelivered, 30005 (https://www.twilio.com/docs/errors/30005)")]
    [InlineData(TwilioStatus.Failed, "is failed, 30008 (https://www.twilio.com/docs/errors/30008)")]
    public async Task That_do_not_arrive_have_failed_with_Twilios_code(string outcome, string reason)
    {
        await using var notifier = await StartWithTwilio("sms");
        notifier.Simulator.Options.Twilio.SentAfter = notifier.Simulator.Options.Twilio.FinalAfter = TimeSpan.Zero;
        notifier.Simulator.Twilio.Refusals.Set(Number, outcome);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "phone raised: failed");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "phone cleared: skipped", "phone raised: failed");

        Assert.EndsWith(reason, (await notifier.Query<string>("select reason from notifier_deliveries where kind = 'raised'"))[0]);
        Assert.Equal(1, notifier.Simulator.Twilio.Inbox.Count);
    }

    [Fact]
    public async Task Are_asked_about_and_never_sent_again_after_a_restart_and_while_nobody_answers()
    {
        await using var notifier = await StartWithTwilio("sms");
        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await Row(notifier))?.EndsWith(", which is queued") == true, "it is taken");

        notifier.Simulator.Faults.Add(Fault.WithStatus("*/Messages/*", 503) with { Method = "GET" });
        await notifier.Until(async () => (await Row(notifier))?.Contains("cannot be asked: 503") == true, "it says that it cannot be asked");
        await notifier.Restart(Settings(notifier, "sms"));
        // What was in memory is gone, as a message that was lost.
        await notifier.Execute("update notifier_deliveries set next_attempt_at = next_attempt_at - 600000");
        notifier.Simulator.Faults.Clear();
        await Microsoft.Extensions.DependencyInjection.ActivatorUtilities
            .GetServiceOrCreateInstance<Sweep>(notifier.Services).SendAgain(default);
        Arrive(notifier, 0);
        await notifier.Until(_alert, "phone raised: sent");

        Assert.Equal(1, notifier.Simulator.Twilio.Inbox.Count);
    }

    [Fact]
    public async Task Of_which_no_more_is_heard_are_for_a_person()
    {
        await using var notifier = await StartWithTwilio("sms");
        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await Row(notifier))?.EndsWith(", which is queued") == true, "it is taken");

        await notifier.Execute("update notifier_deliveries set give_up_at = 1");
        await notifier.Until(_alert, "phone raised: uncertain");

        Assert.EndsWith("which is queued: whether it arrived was never said", await Row(notifier));
    }

    [Fact]
    public async Task Whose_call_was_not_answered_wait_for_a_person_where_that_is_set()
    {
        await using var notifier = await StartWithTwilio("sms", ("WhenUncertain", "AskAPerson"), ("Api:Patience:Timeout", "00:00:01"));
        notifier.Simulator.Faults.Add(Fault.DoneThenHanging("*/Messages.json"));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "phone raised: uncertain");

        Assert.Equal(1, notifier.Simulator.Twilio.Inbox.Count);
    }

    [Theory]
    [InlineData("unsubscribed", "400 21610: Attempt to send to unsubscribed recipient")]
    [InlineData("landline", "400 21614: 'To' number is not a valid mobile number: …")]
    public async Task That_Twilio_refuses_have_failed_at_once_without_the_number(string why, string reason)
    {
        await using var notifier = await StartWithTwilio("sms");
        notifier.Simulator.Twilio.Refusals.Set(Number, why);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "phone raised: failed");

        Assert.Equal(reason, await Row(notifier));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Are_sent_later_when_Twilio_is_busy(int status)
    {
        await using var notifier = await StartWithTwilio("sms");
        notifier.Simulator.Options.Twilio.SentAfter = notifier.Simulator.Options.Twilio.FinalAfter = TimeSpan.Zero;
        notifier.Simulator.Faults.Add(status == 429 ? Fault.TooMany("*/Messages.json", TimeSpan.FromSeconds(1)) with { Count = 1 }
            : Fault.WithStatus("*/Messages.json", status) with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "phone raised: sent");

        Assert.Equal(1, notifier.Simulator.Twilio.Inbox.Count);
    }

    [Fact]
    public async Task Of_a_digest_are_asked_about_for_each_alert()
    {
        await using var notifier = await StartWithTwilio("sms", ("DigestOver", "2"), ("MessageBurst", "1"));
        notifier.Simulator.Options.Twilio.SentAfter = notifier.Simulator.Options.Twilio.FinalAfter = TimeSpan.FromSeconds(1);
        var down = notifier.Simulator.Faults.Add(Fault.WithStatus("*/Messages.json", 503));
        var alerts = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        foreach (var alert in alerts)
            await notifier.Publish(Raised(alert));
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'waiting'") is [> 2],
            "they do not wait");
        down.Dispose();
        foreach (var alert in alerts)
            await notifier.Until(alert, "phone raised: sent");

        Assert.True(notifier.Simulator.Twilio.Inbox.Count < alerts.Count, $"{notifier.Simulator.Twilio.Inbox.Count} messages");
        Assert.Contains(notifier.Simulator.Twilio.Messages, message => message.Body.StartsWith("Resumo de "));
    }

    [Fact]
    public async Task Of_WhatsApp_are_a_template_with_the_text_as_its_variable()
    {
        await using var notifier = await StartWithTwilio("whatsapp", ("ContentSid", Template));
        notifier.Simulator.Options.Twilio.SentAfter = notifier.Simulator.Options.Twilio.FinalAfter = TimeSpan.Zero;

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "phone raised: sent");

        var form = Assert.Single(notifier.Simulator.Twilio.Inbox.Posts).Body;
        Assert.Equal(("whatsapp:" + Number, "whatsapp:+15005550006", Template),
            (form.GetProperty("To").GetString(), form.GetProperty("From").GetString(), form.GetProperty("ContentSid").GetString()));
        Assert.StartsWith("🚨 *Excesso de eventos* · *0042* Padaria do Zé · Empresa: ",
            JsonDocument.Parse(form.GetProperty("ContentVariables").GetString()!).RootElement.GetProperty("1").GetString());
    }

    [Fact]
    public async Task Of_WhatsApp_without_a_template_fail_out_of_the_window_and_say_which_code()
    {
        await using var notifier = await StartWithTwilio("whatsapp");
        notifier.Simulator.Options.Twilio.SentAfter = notifier.Simulator.Options.Twilio.FinalAfter = TimeSpan.Zero;

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "phone raised: failed");
        Assert.Contains("63016", await Row(notifier));
        notifier.Simulator.Twilio.ReceiveFrom("whatsapp:" + Number);
        var second = Guid.NewGuid();
        await notifier.Publish(Raised(second));
        await notifier.Until(second, "phone raised: sent");
    }

    [Theory]
    [InlineData("sms", "AccountSid", "AC1", "AccountSid must be AC and 32 hexadecimal digits")]
    [InlineData("sms", "To", "11999990000", "To must be a number such as +5511999999999")]
    [InlineData("sms", "From", "", "From or MessagingServiceSid is required, one of both")]
    [InlineData("sms", "Segments", "0", "Segments must be between 1 and 10")]
    [InlineData("whatsapp", "ContentSid", "x", "ContentSid must be HX and 32 hexadecimal digits")]
    [InlineData("whatsapp", "Digest:Length", "2000", "Digest__Length must be no more than 1600")]
    public async Task With_wrong_settings_do_not_begin(string type, string key, string value, string line)
    {
        await using var notifier = await Start();
        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line, await VendorSettings.ErrorOf(Settings(notifier, type, (key, value))));
    }

    static async Task<NotifierSession> StartWithTwilio(string type, params (string Key, string Value)[] others)
    {
        var notifier = await Start();
        notifier.Simulator.Options.Twilio.SentAfter = notifier.Simulator.Options.Twilio.FinalAfter = TimeSpan.FromDays(1); // it says when
        await notifier.Restart(Settings(notifier, type, others));
        return notifier;
    }

    static (string Key, string Value)[] Settings(NotifierSession notifier, string type, params (string Key, string Value)[] others) =>
        VendorSettings.Of("phone", $"twilio-{type}", [("BaseUrl", $"{notifier.Simulator.Url}"),
            ("AccountSid", notifier.Simulator.Options.Twilio.AccountSid), ("AuthToken", notifier.Simulator.Options.Twilio.AuthToken),
            ("From", "+15005550006"), ("To", Number), .. others]);

    static Task Sent(NotifierSession notifier, int count) =>
        notifier.Until(() => Task.FromResult(notifier.Simulator.Twilio.Messages.Count == count), $"there are not {count} messages");

    static void Arrive(NotifierSession notifier, int message) =>
        notifier.Simulator.Twilio.SetStatus(notifier.Simulator.Twilio.Messages[message].Sid, "delivered");

    static async Task<string?> Row(NotifierSession notifier) =>
        (await notifier.Query<string?>("select reason from notifier_deliveries")).FirstOrDefault();

    static class TwilioStatus
    {
        public const string Undelivered = "undelivered", Failed = "failed";
    }
}
