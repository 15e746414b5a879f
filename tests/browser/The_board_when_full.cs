using Sigma.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

public sealed class The_board_when_full(ITestOutputHelper output)
{
    [BrowserFact]
    public async Task Has_the_one_critical_alert_of_10_000_found_at_once()
    {
        await using var station = await ConsoleStation.Start(output);
        var now = station.Station.Clock.GetUtcNow();
        var alerts = Enumerable.Range(0, 10_000).Select(i => Alerts.Of($"{20_000 + i}", now.AddSeconds(-i))).ToList();
        alerts[6_543] = Alerts.Of("26543", now.AddHours(-2), "critical", "panel-silent");
        foreach (var some in alerts.Chunk(500))
            await station.Raise(some);
        var page = await station.SignedIn();
        await Expect(page.Locator("h1")).ToContainTextAsync("10", new() { Timeout = 120_000 });
        await Await.Until(() => station.Station.Count("select count(*) from console_alerts"), count => count == 10_000,
            "the console knows all alerts");

        // The worst is first, whatever else is raised.
        await Expect(page.Locator("[data-row]").First).ToContainTextAsync("panel-silent");
        await page.FillAsync("main [type=search]", "26543");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-row]")).ToContainTextAsync("panel-silent");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Says_that_it_is_stale_while_the_console_is_away_and_is_live_again_by_itself()
    {
        await using var station = await ConsoleStation.Start(output);
        await station.Excess("1");
        var page = await station.SignedIn();
        await page.GotoAsync("/?account=1");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);

        await Expect(page.Locator("[data-row] [data-key=a]")).ToBeEnabledAsync(); // only a page that lives can lose its connection
        var address = station.Address;
        await station.StopConsole();
        await Expect(page.Locator("#connection")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);

        await station.StartConsole(address);
        await station.Excess("1", "E131");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await Expect(page.Locator("#connection")).ToBeHiddenAsync();
        Assert.Contains("account=1", page.Url, StringComparison.Ordinal);
    }
}
