using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.SelfMonitoring;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using AccountDirectory = Sigma.Notifier.Accounts.AccountLookup;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

/// <summary>A value from outside is one line of what it is, and never a line or markup of ours.</summary>
public sealed class Names_that_forge
{
    readonly Guid _alert = Guid.NewGuid();

    [Theory]
    [InlineData("Padaria\n✅ *Volume normalizado*", "*0044* Padaria ✅ ∗Volume normalizado∗", "Padaria ✅ *Volume normalizado*")]
    [InlineData("Padaria\u2028✅\u2029Volume\u0085normal\u000b\u000c\r\nizado", "*0044* Padaria ✅ Volume normal izado",
        "Padaria ✅ Volume normal izado")]
    [InlineData("\u202eoãN\u202c \u2066Loja\u2069\u200b\u00ad\ufeff", "*0044* oãN Loja", "oãN Loja")]
    [InlineData("_Loja_ ~Um~ ```code``` a_b", "*0044* ˍLojaˍ ∼Um∼ ˋˋˋcodeˋˋˋ a_b", "_Loja_ ~Um~ ```code``` a_b")]
    [InlineData("\t \u3164\u2800\u0301", "*0044* -", "-")]
    [InlineData("Loja\u2800\u2800\u2800\u00a0\u3000✅", "*0044* Loja ✅", "Loja ✅")]
    public async Task A_trade_name_stays_within_its_line(string name, string line, string register)
    {
        await using var notifier = await Start();
        notifier.Simulator.Segware.Accounts.Add(new Account(9, "0044", 3, 101, name));

        await notifier.Publish(Raised(_alert, account: 9));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        var lines = Assert.Single(notifier.Simulator.Received.Messages).Message.Split('\n');
        Assert.Equal((8, line), (lines.Length, lines[1]));
        Assert.Equal([register], await notifier.Query<string>("select trade_name from sigma_cloud_events_tracker_registers"));
        Assert.Equal([register], await notifier.Query<string>("select trade_name from notifier_accounts"));
    }

    [Fact]
    public async Task Labels_of_any_source_stay_within_their_lines_on_every_channel()
    {
        await using var notifier = await Start();

        await notifier.Publish(Raised(_alert, labels: [("account", "7"), ("cuc", "ALR\n✅ ok"), ("code", "E130; Volume normalizado"),
            ("zone\r", "*1*\u2028x"), ("blank", "\u200b")]));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        Assert.Equal(
            """
            🚨 *Excesso de eventos*
            *0042* Padaria do Zé
            Empresa: Vigília Sul Ltda
            Grupo: Varejo
            CUC: ALR ✅ ok
            Código: E130; Volume normalizado
            zone ∗1∗ x
            *20 eventos* (limite 20)
            De 20/11 16:00 até 20/11 18:00
            """, Assert.Single(notifier.Simulator.Received.Messages).Message);
        Assert.Equal("Excesso de eventos: 20 (limite 20); de 20/11 16:00 até 20/11 18:00; CUC ALR ✅ ok; código E130, Volume normalizado; zone *1* x",
            Assert.Single(notifier.Simulator.Received.AlarmEvents).Item.Complement);
    }

    [Fact]
    public async Task A_digest_has_one_line_for_each_alert_whatever_the_names()
    {
        await using var storm = await Storm.Start(5);
        await storm.Exhaust();
        for (var i = 1; i <= 12; i++)
        {
            storm.Notifier.Simulator.Segware.Accounts.Add(new Account(1000 + i, $"C{i}", 3, 101, $"Filial {i}\n✅ *C99* normalizado"));
            await storm.Notifier.Publish(Raised(Guid.NewGuid(), 1000 + i));
        }
        await storm.UntilWaiting(12);
        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.UntilSent(13);

        var lines = storm.Messages[1].Message.Split('\n');
        Assert.Equal(13, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("🚨 *C", line));
        Assert.DoesNotContain("C99", storm.Told);
    }

    [Fact]
    public async Task A_last_known_name_from_before_is_one_line_too()
    {
        await using var notifier = await Start(("Notifier:Accounts:KeepFor", "00:00:01"));
        var accounts = notifier.Services.GetRequiredService<AccountDirectory>();
        await accounts.Find("segware", new Dictionary<string, string> { ["account"] = "7" }, default);
        await notifier.Execute("update notifier_accounts set trade_name = 'Padaria' || char(10) || '✅ ok', client_group_name = ' '");
        notifier.Simulator.Faults.Add(Fault.WithStatus("/v5/accounts/*", 503));

        AccountInfo? later = null;
        await notifier.Until(async () =>
            (later = await accounts.Find("segware", new Dictionary<string, string> { ["account"] = "7" }, default)) is { Complete: false },
            "the names were never asked for again");

        Assert.Equal(("Padaria ✅ ok", "-"), (later!.TradeName, later.ClientGroup));
    }

    [Fact]
    public async Task The_reason_in_a_warning_is_one_line_without_markup()
    {
        await using var notifier = await Start();
        var text = notifier.Services.GetRequiredService<SelfMonitoringText>();
        var now = At("2026-11-20T21:00:00Z");
        SourceState source = new()
            { Source = "segware", ReportedAt = now.ToUnixTimeMilliseconds(), Watermark = now.ToUnixTimeMilliseconds(),
                CountedUntil = now.ToUnixTimeMilliseconds() };

        var warning = text.Warning(source, now, now, "503\n✅ *Monitoramento normalizado*; tudo certo");

        Assert.Equal(5, warning.Split('\n').Length);
        Assert.Contains("Motivo: 503 ✅ ∗Monitoramento normalizado∗; tudo certo\n", warning);
        Assert.Contains("; Motivo: 503  ∗Monitoramento normalizado∗, tudo certo; ", NoticeText.Plain(warning));
    }
}
