using Microsoft.Playwright;
using Sigma.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

/// <summary>What people see while a server behind an open page is away, and that the page goes on by itself when it is back.</summary>
public sealed class Outages_under_an_open_page(ITestOutputHelper output)
{
    static readonly LocatorAssertionsToHaveCountOptions Long = new() { Timeout = 120_000 };

    [BrowserFact]
    public async Task The_broker_starts_anew_and_what_is_raised_then_comes_by_itself()
    {
        await using var broker = await RabbitMqServer.StartPrivate();
        await using var station = await ConsoleStation.Start(output, broker, null);
        await station.Excess("1");
        var page = await LivePage(station);

        await broker.Restart();
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1); // the page itself needs no broker
        await Healthy(station);
        await station.Excess("1", "E131");

        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(2, Long);
        await Expect(page.Locator("#connection")).ToBeHiddenAsync();
        await Acknowledge(page, "E131");
    }

    [BrowserFact]
    public async Task The_database_starts_anew_and_the_page_says_since_when_it_is_stale()
    {
        await using var database = await DatabaseServer.StartPrivate();
        await using var station = await ConsoleStation.Start(output, null, database);
        await station.Excess("1");
        var page = await LivePage(station);

        await database.Stop();
        await Expect(page.Locator(".board .stale")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1); // what is shown stays

        // What cannot be done is said, and what was typed is still there.
        await page.Locator("[data-row]").HoverAsync();
        await page.Locator("[data-row] [data-key=a]").ClickAsync();
        await page.FillAsync("#acknowledge-text", "on it");
        await page.ClickAsync("#acknowledge button.primary");
        await Expect(page.Locator("#acknowledge .problem")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator("#acknowledge-text")).ToHaveValueAsync("on it");

        await database.Restart();
        await Healthy(station);
        await page.ClickAsync("#acknowledge button.primary");
        await Expect(page.Locator("[data-row] .state-ack")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Expect(page.Locator(".board .stale")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await page.Mouse.MoveAsync(5, 5); // no row moves under the pointer
        await station.Excess("1", "E131");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(2, Long);
    }

    [BrowserFact]
    public async Task The_evaluator_starts_anew_and_only_its_own_part_of_a_page_says_so()
    {
        await using var station = await ConsoleStation.Start(output);
        await station.Excess("1");
        var page = await LivePage(station);
        await page.Locator("[data-open]").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/alerts/", StringComparison.Ordinal));
        var explained = page.Locator("section[aria-labelledby=explain]");
        await Expect(explained.Locator("dl.facts")).ToBeVisibleAsync();

        var address = new Uri(station.Evaluator.Urls.First());
        await station.StopEvaluator();
        await page.ReloadAsync();
        await Expect(explained.Locator(".problem")).ToContainTextAsync("evaluator");
        await Expect(page.Locator("section[aria-labelledby=telling] table")).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToBeVisibleAsync();

        await station.StartEvaluator(address);
        await Await.Until(async () => // for some seconds the console does not ask again who did not answer
        {
            await page.ReloadAsync();
            await Expect(explained.Locator(".problem, dl.facts").First).ToBeVisibleAsync();
            return await explained.Locator(".problem").CountAsync();
        }, problems => problems == 0, "the evaluator is asked again");
        await Expect(explained.Locator("dl.facts")).ToBeVisibleAsync();
        await page.GotoAsync("/?account=1");
        await station.Excess("1", "E131");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(2, Long);
    }

    [BrowserFact]
    public async Task A_first_connection_that_fails_is_tried_again()
    {
        await using var station = await ConsoleStation.Start(output);
        await station.Excess("1");
        var page = await station.SignedIn();
        var refused = 0;
        await page.RouteWebSocketAsync(url => url.Contains("/_blazor", StringComparison.Ordinal), socket =>
        {
            if (Interlocked.Increment(ref refused) == 1)
                _ = socket.CloseAsync();
            else
                socket.ConnectToServer();
        });
        await page.GotoAsync("/?account=1");
        await Expect(page.Locator("[data-row] [data-key=a]")).ToBeEnabledAsync(new() { Timeout = 60_000 });
        Assert.True(refused > 1, "no connection was refused");
    }

    static async Task<IPage> LivePage(ConsoleStation station)
    {
        var page = await station.SignedIn();
        await page.GotoAsync("/?account=1");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-row] [data-key=a]")).ToBeEnabledAsync();
        return page;
    }

    static async Task Acknowledge(IPage page, string code)
    {
        var row = page.Locator("[data-row]").Filter(new() { HasText = code });
        await row.HoverAsync();
        await row.Locator("[data-key=a]").ClickAsync();
        await page.ClickAsync("#acknowledge button.primary");
        await Expect(row.Locator(".state-ack")).ToBeVisibleAsync(new() { Timeout = 120_000 });
    }

    static Task Healthy(ConsoleStation station) => Await.Until(async () =>
        (await station.Station.Health(station.Evaluator)).Status == System.Net.HttpStatusCode.OK
        && (await station.Station.Health(station.Console)).Status == System.Net.HttpStatusCode.OK, "evaluator and console are well again",
        TimeSpan.FromSeconds(120));
}
