using System.Text;
using MimeKit;
using Sigma.Contracts;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Vendors;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Email_messages
{
    const string Zoe = "zoe@example.org", Ana = "ana@example.org";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Say_the_same_as_text_and_as_HTML_whose_values_cannot_be_markup()
    {
        await using var notifier = await StartWithMail();
        notifier.Simulator.Segware.Accounts.Add(new Account(8, "0043", 3, 101, "Bar & <b>Zé</b> *ACME_1* {count}"));

        await notifier.Publish(Raised(_alert, account: 8));
        await notifier.Until(_alert, "mail raised: sent");

        var post = Assert.Single(notifier.Simulator.Mail.Inbox.Posts);
        var mail = Read(post);
        Assert.Equal($"{Zoe}, {Ana}", post.To);
        Assert.Equal(("Rastreador", "alertas@example.org"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal("Excesso de eventos: 0043 Bar & <b>Zé</b> *ACME_1* {count}, ALR, E130", mail.Subject);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal(
            """
            🚨 Excesso de eventos
            0043 Bar & <b>Zé</b> *ACME_1* {count}
            Empresa: Vigília Sul Ltda
            Grupo: Varejo
            CUC: ALR
            Código: E130
            20 eventos (limite 20)
            De 20/11 16:00 até 20/11 18:00
            """.ReplaceLineEndings("\n"), mail.TextBody!.ReplaceLineEndings("\n").Trim());
        Assert.Contains("🚨 <b>Excesso de eventos</b><br>", mail.HtmlBody);
        Assert.Contains("<b>0043</b> Bar &amp; &lt;b&gt;Zé&lt;/b&gt; *ACME_1* {count}<br>", mail.HtmlBody);
        Assert.StartsWith("2.0.0 Ok: queued as ", (await notifier.Query<string>("select receipt from notifier_deliveries"))[0]);
        Assert.Equal(1, notifier.Simulator.Mail.SignIns);
    }

    [Fact]
    public async Task Of_an_end_answer_the_raise_in_its_thread()
    {
        await using var notifier = await StartWithMail();

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: sent");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "mail cleared: sent", "mail raised: sent");

        var mails = notifier.Simulator.Mail.Inbox.Posts.Select(Read).ToList();
        var raise = (await notifier.Query<Guid>("select delivery_id from notifier_deliveries where kind = 'raised'"))[0];
        Assert.Equal($"{raise:N}@example.org", mails[0].MessageId);
        Assert.Equal((null, 0), (mails[0].InReplyTo, mails[0].References.Count));
        Assert.Equal((mails[0].MessageId, mails[0].MessageId), (mails[1].InReplyTo, mails[1].References.Single()));
        Assert.NotEqual(mails[0].MessageId, mails[1].MessageId);
        Assert.Equal("Re: " + mails[0].Subject, mails[1].Subject);
        Assert.StartsWith("✅ Volume normalizado", mails[1].TextBody);
    }

    [Fact]
    public async Task Have_one_line_as_subject_whatever_is_in_the_names()
    {
        await using var notifier = await StartWithMail();

        await notifier.Publish(Raised(_alert, labels: [("site", "a\r\nBcc: all@example.org\r\n\r\nx"), ("wide", new string('e', 300))]));
        await notifier.Until(_alert, "mail raised: sent");

        var mail = Read(Assert.Single(notifier.Simulator.Mail.Inbox.Posts));
        Assert.Empty(mail.Bcc);
        Assert.Contains("site a Bcc: all@example.org x", mail.Subject);
        Assert.InRange(mail.Subject!.Length, 10, 120);
        Assert.Contains($"wide {new string('e', 300)}", mail.TextBody);
    }

    [Theory]
    [InlineData("absence", "🚨 Sem notícias: agents, agent web-1")]
    [InlineData("count", "🔧 Teste do rastreador, ignore, Alguém confere")]
    public async Task Of_other_alerts_have_the_first_lines_of_their_text_as_subject(string kind, string subject)
    {
        await using var notifier = await StartWithMail();
        var alert = kind == RuleKind.Absence
            ? Raised(_alert, labels: ("agent", "web-1")) with { Rule = "agents", Kind = kind, Count = null, Threshold = null }
            : Raised(_alert, labels: ("drill", "1")) with { Source = Drill.Source, RaisedAt = TimeProvider.System.GetUtcNow() };

        await notifier.Publish(alert);
        await notifier.Until(() => Task.FromResult(notifier.Simulator.Mail.Inbox.Count == 1), "there is no mail");

        Assert.StartsWith(subject, Read(notifier.Simulator.Mail.Inbox.Posts[0]).Subject);
    }

    [Theory]
    [InlineData("no-such-user", "550 5.1.1 <z…@example.org>: Recipient address rejected: User unknown")]
    [InlineData("relay-denied", "554 5.7.1 <z…@example.org>: Relay access denied")]
    public async Task That_no_recipient_can_ever_get_have_failed_with_the_servers_words(string why, string words)
    {
        await using var notifier = await StartWithMail(("To:1", Zoe.ToUpperInvariant()));
        notifier.Simulator.Mail.Refusals.Set(Zoe.ToUpperInvariant(), why);
        notifier.Simulator.Mail.Refusals.Set(Zoe, why);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: failed");

        Assert.StartsWith(words, await Reason(notifier));
        Assert.Equal(0, notifier.Simulator.Mail.Inbox.Count);
    }

    [Fact]
    public async Task Go_to_those_who_can_get_them_and_the_receipt_says_who_cannot()
    {
        await using var notifier = await StartWithMail();
        notifier.Simulator.Mail.Refusals.Set(Zoe, "full");

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: sent");

        Assert.Equal(Ana, Assert.Single(notifier.Simulator.Mail.Inbox.Posts).To);
        Assert.EndsWith("; refused: 452 4.2.2 <z…@example.org>: Recipient address rejected: Mailbox full",
            (await notifier.Query<string>("select receipt from notifier_deliveries"))[0]);
    }

    [Fact]
    public async Task That_are_refused_for_now_are_sent_later()
    {
        await using var notifier = await StartWithMail();
        notifier.Simulator.Mail.Refusals.Set(Zoe, "no-such-user");
        notifier.Simulator.Mail.Refusals.Set(Ana, "greylisted");

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await Reason(notifier))?.StartsWith("450 4.2.0 <a…@example.org>", StringComparison.Ordinal) == true,
            "it says who refuses it");
        notifier.Simulator.Mail.Refusals.Set(Ana, null);
        await notifier.Until(_alert, "mail raised: sent");
    }

    [Theory]
    [InlineData("connect", 421)]
    [InlineData("connect", 554)] // the server itself, and not this message
    [InlineData("auth", 454)]
    [InlineData("mail", 451)]
    [InlineData("data", 451)]
    [InlineData("message", 452)]
    public async Task Are_sent_later_when_the_server_is_busy(string step, int status)
    {
        await using var notifier = await StartWithMail();
        notifier.Simulator.Faults.Add(Fault.WithStatus($"/smtp/{step}", status) with { Count = 2 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: sent");

        Assert.InRange((await notifier.Query<int>("select attempts from notifier_deliveries"))[0], 2, 3); // one sign-in is tried in several ways
        Assert.Equal((1, 0), (notifier.Simulator.Mail.Inbox.Count, notifier.Simulator.Mail.Inbox.Duplicates));
    }

    [Theory]
    [InlineData("mail", 552)]
    [InlineData("message", 554)]
    public async Task That_the_server_refuses_have_failed_at_once(string step, int status)
    {
        await using var notifier = await StartWithMail();
        notifier.Simulator.Faults.Add(Fault.WithStatus($"/smtp/{step}", status));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: failed");

        Assert.StartsWith($"{status} 5.3.0 Error: simulated fault", await Reason(notifier));
    }

    [Fact]
    public async Task With_a_wrong_password_have_failed_and_nothing_is_said_of_it()
    {
        await using var notifier = await StartWithMail(("Password", "wrong-password-1"));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: failed");

        var reason = await Reason(notifier);
        Assert.Contains("535", reason);
        Assert.Contains("authentication failed", reason);
        Assert.DoesNotContain("wrong-password-1", reason);
    }

    [Theory]
    [InlineData(FaultKind.Cut, "the connection broke before the answer: ")]
    [InlineData(FaultKind.DoneThenHang, "no answer within 1 s")]
    public async Task Whose_fate_is_not_known_wait_for_a_person_where_that_is_set(FaultKind kind, string reason)
    {
        await using var notifier = await StartWithMail(("WhenUncertain", "AskAPerson"), ("Timeout", "00:00:01"));
        notifier.Simulator.Faults.Add(new Fault { Path = "/smtp/message", Kind = kind });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: uncertain");

        Assert.StartsWith(reason, await Reason(notifier));
        Assert.Equal(1, notifier.Simulator.Mail.Inbox.Count);
    }

    [Fact]
    public async Task Whose_fate_is_not_known_are_sent_again_as_the_same_mail()
    {
        await using var notifier = await StartWithMail();
        notifier.Simulator.Faults.Add(new Fault { Path = "/smtp/message", Kind = FaultKind.Cut, Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: sent");

        var mails = notifier.Simulator.Mail.Inbox.Posts.Select(Read).ToList();
        Assert.Equal((2, mails[0].MessageId), (mails.Count, mails[1].MessageId)); // programs that know it show it once
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("auth")]
    [InlineData("mail")]
    [InlineData("rcpt")]
    [InlineData("data")]
    public async Task That_never_left_are_sent_again_without_doubt(string step)
    {
        await using var notifier = await StartWithMail(("WhenUncertain", "AskAPerson"));
        notifier.Simulator.Faults.Add(new Fault { Path = $"/smtp/{step}", Kind = FaultKind.Cut, Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: sent");

        Assert.Equal(1, notifier.Simulator.Mail.Inbox.Count);
    }

    [Fact]
    public async Task Are_not_sent_to_a_server_that_offers_no_TLS_or_that_nobody_trusts()
    {
        await using var notifier = await StartWithMail(("CaFile", ""));
        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await Reason(notifier))?.StartsWith(
            "localhost is refused: its certificate is not signed by an authority that is trusted here") == true, "it says why");
        notifier.Simulator.Options.Mail.OffersStartTls = false;
        await notifier.Until(async () => (await Reason(notifier))?.Contains("STARTTLS") == true, "it says what is missing");

        Assert.Equal((0, 0), (notifier.Simulator.Mail.Inbox.Count, notifier.Simulator.Mail.SignIns));
    }

    [Fact]
    public async Task Are_sent_through_TLS_from_the_beginning_too()
    {
        await using var notifier = await StartWithMail(("Tls", "SslOnConnect"));
        notifier.Simulator.Options.Mail.ImplicitTls = true;

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "mail raised: sent");
    }

    [Fact]
    public async Task Go_out_as_one_digest_when_many_wait()
    {
        await using var notifier = await StartWithMail(("DigestOver", "2"), ("MessageBurst", "1"));
        var down = notifier.Simulator.Faults.Add(Fault.WithStatus("/smtp/connect", 421));
        var alerts = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        foreach (var alert in alerts)
            await notifier.Publish(Raised(alert));
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'waiting'") is [> 2],
            "they do not wait");
        down.Dispose();
        foreach (var alert in alerts)
            await notifier.Until(alert, "mail raised: sent");

        var mails = notifier.Simulator.Mail.Inbox.Posts.Select(Read).ToList();
        Assert.True(mails.Count < alerts.Count, $"{mails.Count} mails");
        Assert.Contains(mails, mail => mail.Subject!.StartsWith("📋 Resumo de ") && mail.HtmlBody!.Contains("<b>Resumo de "));
    }

    [Theory]
    [InlineData("Host", "", "Host is required")]
    [InlineData("From", "nobody", "From is not an e-mail address")]
    [InlineData("To:1", "ana", "To__1 is not an e-mail address")]
    [InlineData("Password", "", "Password is required where User is set")]
    [InlineData("CaFile", "/no/such/file", "CaFile names a file that cannot be read")]
    public async Task With_wrong_settings_do_not_begin(string key, string value, string line) =>
        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line,
            await VendorSettings.ErrorOf([.. Settings(25, ""), (VendorSettings.Key(key), value)]));

    [Fact]
    public async Task Do_not_begin_where_the_password_would_travel_in_clear() =>
        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__Tls is None, so the password would travel in clear",
            await VendorSettings.ErrorOf([.. Settings(25, "", ("Tls", "None"), ("Host", "mail.example.org"))]));

    static async Task<NotifierSession> StartWithMail(params (string Key, string Value)[] others)
    {
        var notifier = await Start();
        await File.WriteAllTextAsync(notifier.CertificateFile, notifier.Simulator.Mail.CertificatePem);
        await notifier.Restart(Settings(notifier.Simulator.Mail.Port, notifier.CertificateFile, others));
        return notifier;
    }

    static (string Key, string Value)[] Settings(int port, string certificate, params (string Key, string Value)[] others) =>
    [
        .. VendorSettings.Of("mail", "email", [("Host", "localhost"), ("Port", $"{port}"), ("CaFile", certificate), ("User", "tracker"),
            ("Password", "simulated-mail-password"), ("From", "Rastreador <alertas@example.org>"), ("To:0", Zoe), ("To:1", Ana), .. others])
            .Where(setting => !setting.Key.Contains(":Api:")),
    ];

    static async Task<string?> Reason(NotifierSession notifier) =>
        (await notifier.Query<string?>("select reason from notifier_deliveries")).FirstOrDefault();

    static MimeMessage Read(ReceivedPost post) => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(post.Text)));
}
