using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Accounts;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using AccountDirectory = Sigma.Notifier.Accounts.AccountLookup;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Account_names
{
    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task An_account_that_answers_404_is_shown_by_its_id_and_Segware_gets_no_event()
    {
        await using var notifier = await Start();
        notifier.Simulator.Segware.Accounts.SetUnknown(7);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: failed", "whatsapp raised: sent");

        Assert.Contains("*7* -", Assert.Single(notifier.Simulator.Received.Messages).Message);
        Assert.Equal(["7|failed|0"],
            await notifier.Query<string>("select account || '|' || status || '|' || company_id from sigma_cloud_alarm_events"));
        Assert.Empty(notifier.Simulator.Received.AlarmEvents);
    }

    [Fact]
    public async Task A_company_that_answers_500_and_a_group_that_is_not_there_are_shown_as_a_dash()
    {
        await using var notifier = await Start();
        notifier.Simulator.Segware.Accounts.Add(new Account(8, "0043", 3, 777, "Loja Central"));
        notifier.Simulator.Segware.Accounts.SetFailing(3);

        await notifier.Publish(Raised(_alert, account: 8));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        Assert.Contains("*0043* Loja Central\nEmpresa: -\nGrupo: -\n", Assert.Single(notifier.Simulator.Received.Messages).Message);
    }

    [Fact]
    public async Task While_Segware_is_down_the_last_known_names_are_used()
    {
        await using var notifier = await Start(("Notifier:Accounts:KeepFor", "00:00:01"));
        var accounts = notifier.Services.GetRequiredService<AccountDirectory>();
        var before = await Find(accounts, 7);
        notifier.Simulator.Faults.Add(Fault.WithStatus("/v5/accounts/*", 503));

        AccountInfo? later = null;
        await notifier.Until(async () => (later = await Find(accounts, 7)) is { Complete: false }, "the names were never asked for again");

        Assert.Equal(("0042", "Padaria do Zé", "Vigília Sul Ltda", "Varejo"), (before!.Code, before.TradeName, before.Company, before.ClientGroup));
        Assert.Equal(before with { Complete = false }, later);
    }

    [Fact]
    public async Task A_Segware_that_hangs_delays_an_alert_by_the_patience_and_those_after_it_not_at_all()
    {
        await using var notifier = await Start(("Notifier:Accounts:Patience", "00:00:00.5"), ("Notifier:Accounts:KeepFailureFor", "00:10:00"));
        notifier.Simulator.Faults.Add(Fault.Hanging("/v5/accounts/*"));
        var accounts = notifier.Services.GetRequiredService<AccountDirectory>();

        Assert.Equal(LookupStatus.Unavailable, (await Find(accounts, 1))!.Status);
        for (var account = 2; account < 200; account++)
            Assert.Equal(LookupStatus.Unavailable, (await Find(accounts, account))!.Status);

        // On a slow machine the first call is given up before it has arrived.
        Assert.InRange(notifier.Simulator.Received.CallCounts.Where(c => c.Key.Contains("/v5/accounts")).Sum(c => c.Value.Values.Sum()), 0, 1);
    }

    [Fact]
    public async Task Many_accounts_of_one_company_at_once_cause_one_call_for_it_and_one_for_the_groups()
    {
        await using var notifier = await Start();
        for (var account = 1000; account < 1050; account++)
            notifier.Simulator.Segware.Accounts.Add(new Account(account, $"{account}", 3, 101, "Filial"));
        var accounts = notifier.Services.GetRequiredService<AccountDirectory>();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Find(accounts, 1000 + i % 50)));

        var calls = notifier.Simulator.Received.CallCounts.ToDictionary(c => c.Key.Split(' ')[1].Split('{')[0], c => c.Value.Values.Sum());
        Assert.Equal((50, 1, 1), (calls["/v5/accounts/"], calls["/v1/company/"], calls["/v1/clientGroups"]));
    }

    [Fact]
    public async Task Another_source_has_its_labels_as_they_are()
    {
        await using var notifier = await Start(("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"));

        await notifier.Publish(Raised(_alert, labels: [("host", "db-1"), ("code", "disk")]) with { Source = "metrics" });
        await notifier.Until(_alert, "whatsapp raised: sent");

        Assert.Equal("🚨 *Excesso de eventos*\nCódigo: disk\nhost db-1\n*20 eventos* (limite 20)\nDe 20/11 16:00 até 20/11 18:00",
            Assert.Single(notifier.Simulator.Received.Messages).Message);
    }

    [Theory]
    [InlineData("""{"accountCode":"0042","companyId":3,"clientGroupId":101,"tradeName":12345}""", "0042|12345|Vigília Sul Ltda|Varejo")]
    [InlineData("""{"accountCode":42,"companyId":"3","clientGroupId":"101","tradeName":"Padaria"}""", "42|Padaria|Vigília Sul Ltda|Varejo")]
    [InlineData("""{"accountCode":"0042","companyId":3.0,"clientGroupId":101.0,"tradeName":"Padaria \ud83d do Zé"}""",
        "0042|Padaria \ufffd do Zé|Vigília Sul Ltda|Varejo")]
    [InlineData("""{"accountCode":"0042","companyId":3,"clientGroupId":"","tradeName":"Padaria"}""", "0042|Padaria|Vigília Sul Ltda|-")]
    [InlineData("""{"accountCode":"0042","companyId":3,"clientGroupId":null,"tradeName":"Padaria"}""", "0042|Padaria|Vigília Sul Ltda|-")]
    [InlineData("""{"accountCode":"0042","companyId":3,"clientGroupId":{"id":101},"tradeName":"Padaria"}""", "0042|Padaria|Vigília Sul Ltda|-")]
    [InlineData("""{"accountCode":"0042","companyId":3,"clientGroupId":[],"tradeName":"\u200b\u3164 \u2800"}""", "0042|-|Vigília Sul Ltda|-")]
    [InlineData("""{"accountCode":"0042","companyId":3}""", "0042|-|Vigília Sul Ltda|-")]
    [InlineData("\ufeff{\"accountCode\":\"0042\",\"companyId\":3,\"tradeName\":\"Pada\nria\"}", "0042|Pada ria|Vigília Sul Ltda|-")]
    public async Task What_can_be_read_of_an_account_is_read_and_Segware_gets_its_event(string answer, string names)
    {
        await using var notifier = await Start();
        notifier.Simulator.Faults.Add(Fault.Answering("/v5/accounts/7", 200, answer));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        var parts = names.Split('|');
        Assert.Contains($"*{parts[0]}* {parts[1]}\nEmpresa: {parts[2]}\nGrupo: {parts[3]}\n",
            Assert.Single(notifier.Simulator.Received.Messages).Message);
        Assert.Equal((parts[0], 3L), Assert.Single(notifier.Simulator.Received.AlarmEvents).Item is var alarm
            ? (alarm.Account, alarm.CompanyId) : default);
        Assert.Equal([names], await notifier.Query<string>(
            "select account_code || '|' || trade_name || '|' || company_trade_name || '|' || client_group_name from "
                + "sigma_cloud_events_tracker_registers"));
    }

    [Theory]
    [InlineData("""[null,{"id":101,"name":"Varejo"}]""", "Varejo")]
    [InlineData("""[{"id":1,"name":"half \ud83d"},7,"x",[],{"name":"no id"},{"id":"101.0","name":2026}]""", "2026")]
    [InlineData("""[{"id":100,"name":{"pt":"?"}},{"id":{},"name":"?"},{"id":101,"name":"Vare\ud83djo"}]""", "Vare\ufffdjo")]
    [InlineData("""[{"id":101,"name":""},{"id":101,"name":"Varejo"},{"id":101,"name":"Outro"}]""", "Varejo")]
    [InlineData("""[{"id":5,"name":"broken \q"},{"id":101,"name":"Varejo"}]""", "Varejo")]
    public async Task An_odd_client_group_takes_no_name_from_the_others(string answer, string group)
    {
        await using var notifier = await Start();
        notifier.Simulator.Faults.Add(Fault.Answering("/v1/clientGroups", 200, answer));

        Assert.Equal(group, (await Find(notifier.Services.GetRequiredService<AccountDirectory>(), 7))!.ClientGroup);
    }

    [Theory]
    [InlineData("/v1/clientGroups", """{"messageKey":"maintenance","message":"Em manutenção"}""", "Vigília Sul Ltda|-")]
    [InlineData("/v1/clientGroups", "null", "Vigília Sul Ltda|-")]
    [InlineData("/v1/company/3", """{"error":"Em manutenção"}""", "-|Varejo")]
    [InlineData("/v1/company/3", "<html>", "-|Varejo")]
    [InlineData("/v1/company/3", "\"Vig\\u00edlia Norte\"", "Vigília Norte|Varejo")]
    [InlineData("/v1/company/3", """{"id":3,"tradeName":7}""", "7|Varejo")]
    public async Task What_is_odd_in_one_answer_leaves_the_names_of_the_others(string path, string answer, string names)
    {
        await using var notifier = await Start();
        notifier.Simulator.Faults.Add(Fault.Answering(path, 200, answer));

        var found = (await Find(notifier.Services.GetRequiredService<AccountDirectory>(), 7))!;

        Assert.Equal($"0042|Padaria do Zé|{names}", $"{found.Code}|{found.TradeName}|{found.Company}|{found.ClientGroup}");
    }

    [Theory]
    [InlineData("""{"messageKey":"account_locked","message":"Conta bloqueada"}""")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"accountCode":"0042","companyId":{},"clientGroupId":101,"tradeName":"Padaria do Zé"}""")]
    public async Task An_account_that_cannot_be_read_keeps_its_last_known_names_and_gets_its_event(string answer)
    {
        await using var notifier = await Start(("Notifier:Accounts:KeepFor", "00:00:01"));
        var accounts = notifier.Services.GetRequiredService<AccountDirectory>();
        var before = (await Find(accounts, 7))!;
        var asked = notifier.Simulator.Faults.Add(Fault.Answering("/v5/accounts/7", 200, answer));

        AccountInfo? later = null;
        await notifier.Until(async () => (later = await Find(accounts, 7)) is { Complete: false }, "the names were never asked for again");
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        Assert.Equal(before with { Complete = false }, later);
        Assert.Equal("0042", Assert.Single(notifier.Simulator.Received.AlarmEvents).Item.Account);
    }

    [Fact]
    public async Task An_account_whose_company_cannot_be_read_shows_its_name_and_Segware_waits()
    {
        await using var notifier = await Start();
        var answer = notifier.Simulator.Faults.Add(Fault.Answering("/v5/accounts/7",
            200, """{"accountCode":"0042","companyId":"?","tradeName":"Padaria"}"""));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await notifier.Deliveries(_alert)).Contains("whatsapp raised: sent"), "WhatsApp was not told");
        Assert.Contains("*0042* Padaria", Assert.Single(notifier.Simulator.Received.Messages).Message);
        Assert.Empty(notifier.Simulator.Received.AlarmEvents);
        answer.Dispose();

        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");
    }

    static Task<AccountInfo?> Find(AccountDirectory accounts, long account) =>
        accounts.Find("segware", new Dictionary<string, string> { ["account"] = account.ToString() }, default);
}
