using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Sigma.Contracts;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.IntegrationTests.Tls;
using Sigma.TestServers;

namespace Sigma.IntegrationTests.Deliveries;

public sealed class Mail_through_Postfix(ITestOutputHelper output)
{
    [PostfixFact]
    public async Task Waits_for_the_server_and_arrives_as_a_thread()
    {
        using Authority authority = new();
        await using var postfix = await PostfixServer.Prepare(authority.ForLocalhostAsFiles());
        await using var station = await Started(authority, postfix, PostfixServer.Password, "zoe@example.org", "nobody@example.org",
            "ana@example.org");
        var notifier = await station.StartNotifier();
        var raised = Messages_that_cannot_be_processed.Alert("100");

        await notifier.Services.GetRequiredService<IBus>().Publish(raised);
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'pending' and attempts > 0"), seen => seen == 1,
            "nobody is there to take it");
        await postfix.Start();
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'sent'"), seen => seen == 1, "it is sent");
        Assert.Equal(1, await station.Count(
            """
            select count(*) from notifier_deliveries
            where receipt like '2.0.0 Ok: queued as %; refused: 550 5.1.1 <n…@example.org>: Recipient address rejected%'
            """));
        await notifier.Services.GetRequiredService<IBus>().Publish(new AlertCleared
        {
            AlertId = raised.AlertId, Rule = raised.Rule, Severity = raised.Severity, Source = raised.Source, Labels = raised.Labels, Count = 4,
            Threshold = raised.Threshold, Reason = "volume-normal", RaisedAt = raised.RaisedAt, ClearedAt = raised.RaisedAt.AddHours(1),
        });

        await Await.Until(() => postfix.MailOf("zoe"), mails => mails.Count == 2, "both are in the one mailbox");
        await Await.Until(() => postfix.MailOf("ana"), mails => mails.Count == 2, "and in the other");
        var mails = (await postfix.MailOf("ana")).Select(Read).OrderBy(mail => mail.InReplyTo is not null).ToList();
        Assert.Equal(mails[0].MessageId, mails[1].InReplyTo);
        Assert.Equal("Re: " + mails[0].Subject, mails[1].Subject);
        Assert.Contains("🚨 <b>Excesso de eventos</b>", mails[0].HtmlBody);
        Assert.StartsWith("✅ Volume normalizado", mails[1].TextBody);
        Assert.Contains("with ESMTPSA", mails[0].Headers["Received"]); // TLS, and signed in
    }

    [PostfixFact]
    public async Task Has_failed_when_nobody_can_get_it_or_the_password_is_wrong()
    {
        using Authority authority = new();
        await using var postfix = await PostfixServer.Prepare(authority.ForLocalhostAsFiles());
        await postfix.Start();
        await using var station = await Started(authority, postfix, PostfixServer.Password, "nobody@example.org");
        Set(station, 1, authority, postfix, "not-the-password", "zoe@example.org");
        var notifier = await station.StartNotifier();
        await notifier.Services.GetRequiredService<IBus>().Publish(Messages_that_cannot_be_processed.Alert("100"));

        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'failed'"), seen => seen == 2,
            "both have failed");
        Assert.Equal(1, await station.Count(
            "select count(*) from notifier_deliveries where channel = 'mail1' and reason like '535 5.7.8 Error: authentication failed%'"));
        Assert.Equal(1, await station.Count(
            """
            select count(*) from notifier_deliveries
            where channel = 'mail0' and reason like '550 5.1.1 <n…@example.org>: Recipient address rejected%'
            """));
    }

    async Task<Station> Started(Authority authority, PostfixServer postfix, string password, params string[] recipients)
    {
        var station = await Station.Create(output);
        station.WithoutFaults("it is the mail server's turn");
        await station.StartSimulator();
        station.Settings["Notifier:Receivers:0:Name"] = "station";
        station.Settings["Notifier:Deliveries:RetryFrom"] = "00:00:00.2";
        station.Settings["Notifier:Deliveries:RetryTo"] = "00:00:01";
        Set(station, 0, authority, postfix, password, recipients);
        return station;
    }

    static void Set(Station station, int at, Authority authority, PostfixServer postfix, string password, params string[] recipients)
    {
        foreach (var (key, value) in new[]
            {
                ("Name", $"mail{at}"), ("Type", "email"), ("Host", "localhost"), ("Port", $"{postfix.Port}"), ("CaFile", authority.PemFile),
                ("User", PostfixServer.User), ("Password", password), ("From", "alertas@example.org"), ("MessageEvery", "00:00:00.001"),
            })
            station.Settings[$"Notifier:Receivers:0:Integrations:{at}:{key}"] = value;
        for (var i = 0; i < recipients.Length; i++)
            station.Settings[$"Notifier:Receivers:0:Integrations:{at}:To:{i}"] = recipients[i];
    }

    static MimeMessage Read(string mail) => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail)));
}

/// <summary>A test that needs Postfix, which is not on every machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostfixFactAttribute : FactAttribute
{
    public PostfixFactAttribute() => Skip = PostfixServer.Missing;
}
