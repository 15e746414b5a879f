using System.Net;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class Segware_accounts
{
    [Fact]
    public async Task Are_made_up_alike_from_id_and_seed()
    {
        await using var one = await Start(o => o.Seed = 5);
        await using var same = await Start(o => o.Seed = 5);
        await using var other = await Start(o => o.Seed = 6);

        var account = await one.Object("/v5/accounts/300000");

        Assert.Equal(account.GetRawText(), (await same.Object("/v5/accounts/300000")).GetRawText());
        Assert.NotEqual(account.GetRawText(), (await other.Object("/v5/accounts/300000")).GetRawText());
        Assert.Equal(6, account.GetProperty("accountCode").GetString()!.Length);
        Assert.NotEmpty((await one.Object($"/v1/company/{account.GetProperty("companyId")}")).GetProperty("tradeName").GetString()!);
    }

    [Fact]
    public async Task Have_codes_with_leading_zeros_no_code_twice_and_now_and_then_no_group_or_one_that_is_not_there()
    {
        await using var sim = await Start();
        var accounts = Enumerable.Range(1, 2000).Select(id => sim.App.Segware.Accounts.Get(id)).ToList();
        var groups = sim.App.Segware.Accounts.Groups.Select(g => (long?)g.Id).ToHashSet();

        Assert.Equal(2000, accounts.Select(a => a.AccountCode).Distinct().Count());
        Assert.Contains(accounts, a => a.AccountCode.StartsWith('0'));
        Assert.Contains(accounts, a => a.ClientGroupId is null);
        Assert.Contains(accounts, a => a.ClientGroupId is not null && !groups.Contains(a.ClientGroupId));
        Assert.Contains(accounts, a => groups.Contains(a.ClientGroupId));
    }

    [Fact]
    public async Task Are_the_ones_added_where_there_are_any()
    {
        await using var sim = await Start();
        sim.App.Segware.Accounts.Add(new Account(7, "0042", 3, null, "Padaria do Zé"));

        var account = await sim.Object("/v5/accounts/7");

        Assert.Equal("0042", account.GetProperty("accountCode").GetString());
        Assert.Equal("Padaria do Zé", account.GetProperty("tradeName").GetString());
        Assert.False(account.TryGetProperty("clientGroupId", out _));
    }

    [Fact]
    public async Task Answer_404_and_their_companies_500_when_told_to()
    {
        await using var sim = await Start(o => (o.Segware.UnknownAccounts, o.Segware.FailingCompanies) = ([8], [2]));
        sim.App.Segware.Accounts.SetUnknown(7);
        sim.App.Segware.Accounts.SetFailing(1);

        Assert.Equal(HttpStatusCode.NotFound, (await sim.Segware.GetAsync("/v5/accounts/7")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.Segware.GetAsync("/v5/accounts/8")).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await sim.Segware.GetAsync("/v1/company/1")).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await sim.Segware.GetAsync("/v1/company/2")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.Segware.GetAsync("/v1/company/77")).StatusCode);

        sim.App.Segware.Accounts.SetUnknown(7, unknown: false);
        Assert.Equal(HttpStatusCode.OK, (await sim.Segware.GetAsync("/v5/accounts/7")).StatusCode);
    }

    [Fact]
    public async Task Do_not_exist_unless_added_when_none_are_made_up()
    {
        await using var sim = await Start(o => o.Segware.GenerateAccounts = false);

        Assert.Equal(HttpStatusCode.NotFound, (await sim.Segware.GetAsync("/v5/accounts/7")).StatusCode);
    }

    [Fact]
    public async Task Belong_to_groups_and_companies_that_can_be_listed()
    {
        await using var sim = await Start();

        Assert.All(await sim.Array("/v1/clientGroups"), group => Assert.NotEmpty(group.GetProperty("name").GetString()!));
        Assert.All(await sim.Array("/v1/companies"), company => Assert.True(company.GetProperty("id").GetInt64() > 0));
    }
}
