using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Queries;
using Sigma.Simulator;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Vendors_that_are_asked
{
    [Theory]
    [InlineData("slack", "Slack knows the bot")]
    [InlineData("slack-hook", "127.0.0.1 answers")]
    [InlineData("teams", "127.0.0.1 answers")]
    [InlineData("telegram", "Telegram knows the bot, which sees the chat …3456")]
    [InlineData("twilio-sms", "Twilio knows the account")]
    [InlineData("pagerduty", "127.0.0.1 answers")]
    [InlineData("webhook", "127.0.0.1 answers")]
    [InlineData("prefect", "Prefect has the deployment respond-to-alert/simulated")]
    public async Task Say_that_what_is_set_would_do_and_send_nothing(string type, string said)
    {
        await using var notifier = await Start(simulator => Settings(simulator, type));

        Assert.StartsWith(said, await Check(notifier));

        Assert.Empty(notifier.Simulator.Slack.Inbox.Posts);
        Assert.Empty(notifier.Simulator.Telegram.Inbox.Posts);
        Assert.Empty(notifier.Simulator.Webhooks.Inbox.Posts);
        Assert.Empty(notifier.Simulator.Prefect.FlowRuns);
        Assert.Equal([0L], await notifier.Query<long>("select count(*) from notifier_deliveries"));
    }

    [Theory]
    [InlineData("slack", "Token", "xoxb-wrong-secret", "Slack says invalid_auth")]
    [InlineData("telegram", "Token", "1:wrong-secret", "401")]
    [InlineData("telegram", "ChatId", "-9", "400 Bad Request: chat not found")]
    [InlineData("twilio-sms", "AuthToken", "wrong-secret", "401")]
    [InlineData("prefect", "Deployment", "respond-to-alert/gone", "404: there is no deployment respond-to-alert/gone")]
    [InlineData("pagerduty", "BaseUrl", "http://127.0.0.1:1", "")]
    public async Task Say_what_would_not_do_without_its_secrets(string type, string key, string value, string reason)
    {
        await using var notifier = await Start(simulator => Settings(simulator, type, (key, value)));
        notifier.Simulator.Telegram.Refusals.Set("-9", "not_found");

        var failure = await Record.ExceptionAsync(() => Check(notifier));

        Assert.StartsWith(reason, FailureReason.Of(failure!));
        Assert.DoesNotContain("wrong-secret", FailureReason.Of(failure!));
    }

    [Theory]
    [InlineData("simulated-mail-password", null)]
    [InlineData("wrong-secret", "535")]
    public async Task Are_a_mail_server_that_lets_us_in_or_not(string password, string? reason)
    {
        await using var notifier = await Start();
        await File.WriteAllTextAsync(notifier.CertificateFile, notifier.Simulator.Mail.CertificatePem);
        await notifier.Restart([.. VendorSettings.Of("mail", "email", [("Host", "localhost"), ("Port", $"{notifier.Simulator.Mail.Port}"),
            ("CaFile", notifier.CertificateFile), ("User", "tracker"), ("Password", password), ("From", "alertas@example.org"),
            ("To:0", "ana@example.org")]).Where(setting => !setting.Key.Contains(":Api:"))]);

        var failure = await Record.ExceptionAsync(() => Check(notifier));

        Assert.Equal(reason is null, failure is null);
        Assert.StartsWith(reason ?? "", failure is null ? "" : FailureReason.Of(failure));
        Assert.Empty(notifier.Simulator.Mail.Inbox.Posts);
    }

    static async Task<string?> Check(NotifierSession notifier) =>
        await notifier.Services.GetRequiredService<ChannelCheck>().Integrations.Single().Run(default);

    static (string Key, string Value)[] Settings(SimulatorApp simulator, string type, params (string Key, string Value)[] others) =>
        VendorSettings.Of("one", type == "slack-hook" ? "slack" : type, [.. (type switch
        {
            "slack" => (IEnumerable<(string, string)>)[("BaseUrl", $"{simulator.Url}api"), ("Token", simulator.Options.Slack.BotToken),
                ("Channel", "C0123")],
            "slack-hook" => [("Url", $"{simulator.Url}services/T00/B00/{simulator.Options.Slack.Secret}")],
            "teams" => [("Url", $"{simulator.Url}workflows/42/triggers/manual/paths/invoke?sig={simulator.Options.Teams.Signature}")],
            "telegram" => [("BaseUrl", $"{simulator.Url}"), ("Token", simulator.Options.Telegram.Token), ("ChatId", "-100123456")],
            "twilio-sms" => [("BaseUrl", $"{simulator.Url}"), ("AccountSid", simulator.Options.Twilio.AccountSid),
                ("AuthToken", simulator.Options.Twilio.AuthToken), ("From", "+15005550006"), ("To", "+5511999990000")],
            "pagerduty" => [("BaseUrl", $"{simulator.Url}"), ("RoutingKey", "0123456789abcdef0123456789abcdef")],
            "webhook" => [("Url", $"{simulator.Url}webhooks/board"), ("Secrets:0", "whsec_b2xkLWtleS1vbGQta2V5LW9sZC1rZXktb2xkLWtleQ=="),
                ("AllowPrivateAddresses", "true")],
            _ => [("BaseUrl", $"{simulator.Url}api"), ("AuthString", simulator.Options.Prefect.AuthString),
                ("Deployment", "respond-to-alert/simulated")],
        }), .. others]);
}
