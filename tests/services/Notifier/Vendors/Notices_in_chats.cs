using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.SystemNotices;
using Sigma.Simulator;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Notices_in_chats
{
    [Theory]
    [InlineData("slack", "⚠️ *Monitoramento parado*\\nMotivo: a &lt; b")]
    [InlineData("telegram", "⚠️ <b>Monitoramento parado</b>\\nMotivo: a &lt; b")]
    [InlineData("teams", "⚠️ **Monitoramento parado**")]
    [InlineData("webhook", "⚠️ Monitoramento parado\\nMotivo: a < b")]
    [InlineData("twilio-sms", "Monitoramento parado\\nMotivo: a < b")]
    public async Task Are_in_the_markup_of_the_chat(string type, string text)
    {
        await using var notifier = await Start(simulator => VendorSettings.Of("team", type, Own(type, simulator)));
        await notifier.EndSchedule();

        await using (var session = await notifier.Database.Begin(default))
        {
            await notifier.Services.GetRequiredService<NoticePlan>().Add(session, Guid.NewGuid(), NoticeKind.Warning,
                "⚠️ *Monitoramento parado*\nMotivo: a < b", default);
            await session.Commit(default);
        }
        await notifier.Services.GetRequiredService<NoticeSender>().Run(default);

        Assert.Equal(["team sent"], await notifier.Query<string>("select channel || ' ' || state from notifier_notices"));
        var simulated = notifier.Simulator;
        var inbox = type switch
        {
            "slack" => simulated.Slack.Inbox, "telegram" => simulated.Telegram.Inbox, "teams" => simulated.Teams.Inbox,
            "webhook" => simulated.Webhooks.Inbox, _ => simulated.Twilio.Inbox,
        };
        Assert.Contains(text, Assert.Single(inbox.Posts).Body.GetRawText().Replace("\\u003C", "<"));
    }

    static (string, string)[] Own(string type, SimulatorApp simulator) => type switch
    {
        "slack" => [("Url", $"{simulator.Url}services/T00/B00/{simulator.Options.Slack.Secret}")],
        "teams" => [("Url", $"{simulator.Url}workflows/42/triggers/manual/paths/invoke?sig={simulator.Options.Teams.Signature}")],
        "telegram" => [("BaseUrl", $"{simulator.Url}"), ("Token", simulator.Options.Telegram.Token), ("ChatId", "-1")],
        "webhook" => [("Url", $"{simulator.Url}webhooks/board"), ("Secrets:0", Sigma.Simulator.Webhooks.WebhookOptions.DefaultKey),
            ("AllowPrivateAddresses", "true")],
        _ => [("BaseUrl", $"{simulator.Url}"), ("AccountSid", simulator.Options.Twilio.AccountSid), ("AuthToken", simulator.Options.Twilio.AuthToken),
            ("From", "+15005550006"), ("To", "+5511999990000")],
    };
}
