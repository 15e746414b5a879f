using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Accounts;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using AccountDirectory = Sigma.Notifier.Accounts.AccountDirectory;
using static Sigma.UnitTests.Notifier.NotifierSession;

namespace Sigma.UnitTests.Notifier;

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
        Assert.Equal(["7|failed|0"], await notifier.Query<string>("select account || '|' || status || '|' || company_id from sigma_cloud_alarm_events"));
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

        AccountNames? later = null;
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

        Assert.Equal(Standing.Unavailable, (await Find(accounts, 1))!.Standing);
        for (var account = 2; account < 200; account++)
            Assert.Equal(Standing.Unavailable, (await Find(accounts, account))!.Standing);

        Assert.Equal(1, notifier.Simulator.Received.CallCounts.Where(c => c.Key.Contains("/v5/accounts")).Sum(c => c.Value.Values.Sum()));
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

    static Task<AccountNames?> Find(AccountDirectory accounts, long account) =>
        accounts.Find("segware", new Dictionary<string, string> { ["account"] = account.ToString() }, default);
}
