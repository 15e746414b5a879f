using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.ServiceTests.Notifier;

namespace Sigma.ServiceTests.Console.Projection;

/// <summary>The notifier's answer about names of accounts.</summary>
public sealed class Names_over_HTTP
{
    const string Key = "a key of the tests";

    [Fact]
    public async Task Names_of_many_accounts_come_at_once()
    {
        await using var notifier = await NotifierSession.Start(("Api:Key", Key));
        await using (var session = await notifier.Database.Begin(CancellationToken.None))
        {
            await session.Execute(
                """
                insert into notifier_accounts(account, account_code, company_id, trade_name, company_trade_name, client_group_name, refreshed_at)
                values('7', '0042', 3, 'Padaria do Zé', 'Vigília Sul', '-', 1), ('8', '0043', 3, '-', null, null, 1)
                """, null, CancellationToken.None);
            await session.Commit(CancellationToken.None);
        }
        using HttpClient http = new() { BaseAddress = new Uri(notifier.Url, "/internal/notifier/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);

        using var answer = await http.PostAsJsonAsync("accounts/names", new { accounts = (string[])["7", "8", "9", "7", "'; drop table x; --"] });

        var found = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accounts").EnumerateArray()
            .OrderBy(account => account.GetProperty("account").GetString()).ToList();
        Assert.Equal(["7", "8"], found.Select(account => account.GetProperty("account").GetString()));
        Assert.Equal(("0042", "Padaria do Zé", "Vigília Sul"), (found[0].GetProperty("code").GetString(),
            found[0].GetProperty("tradeName").GetString(), found[0].GetProperty("company").GetString()));
        Assert.False(found[0].TryGetProperty("clientGroup", out _));
        Assert.False(found[1].TryGetProperty("tradeName", out _));
        using var tooMany = await http.PostAsJsonAsync("accounts/names", new { accounts = Enumerable.Range(0, 501).Select(i => $"{i}") });
        Assert.Equal(422, (int)tooMany.StatusCode);
    }
}
