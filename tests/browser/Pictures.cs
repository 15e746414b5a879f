using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

/// <summary>The pictures of the README; they are put beside the results of the tests.</summary>
public sealed class Pictures(ITestOutputHelper output)
{
    [BrowserFact]
    public async Task Are_taken_of_the_board_an_alert_and_a_backtest()
    {
        var folder = Environment.GetEnvironmentVariable("SIGMA_PICTURES") ?? Path.Combine(AppContext.BaseDirectory, "pictures");
        await using var station = await ConsoleStation.Start(output);
        await station.Excess("1", "E130", 27);
        await station.Excess("2", "E401");
        await station.Excess("2", "E130", 22);
        await station.Excess("3", "E602", 41);
        var now = station.Station.Clock.GetUtcNow();
        await station.Raise(
        [
            Alerts.Of("1004", now.AddMinutes(-47), "critical", "panel-silent"), Alerts.Of("1005", now.AddMinutes(-12), "high", "disk-full"),
            Alerts.Of("1006", now.AddMinutes(-3), "info", "door-open"),
        ]);
        var page = await station.SignedIn(language: "pt-BR", height: 720);
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(7);
        var row = page.Locator("[data-row]").Filter(new() { HasText = "E602" });
        await row.HoverAsync();
        await row.Locator("[data-key=a]").ClickAsync();
        await page.FillAsync("#acknowledge-text", "Ligando para o cliente");
        await page.ClickAsync("#acknowledge button.primary");
        await Expect(row.Locator(".state-ack")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "board.png") });
        await page.GotoAsync("/?account=1");
        await page.Locator("[data-open]").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/alerts/", StringComparison.Ordinal));
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "alert.png") });
        await station.Past(days: 12);
        await page.GotoAsync("/rules/edit?kind=count");
        await page.FillAsync("#rule-name", "panico");
        await page.ClickAsync("text=Como JSON");
        await page.FillAsync("#rule-json", """{"name":"panico","kind":"count","threshold":25,"window":"02:00:00","mode":"off"}""");
        await page.Locator("form.card .form-actions button[type=button]").ClickAsync();
        await page.Locator("form.toolbar button.primary").ClickAsync();
        var figure = page.Locator("figure.episodes");
        await Expect(figure.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await figure.First.ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "backtest.png") });
        foreach (var picture in (string[])["board", "alert", "backtest"])
            Assert.True(new FileInfo(Path.Combine(folder, $"{picture}.png")).Length > 10_000, $"there is no picture of the {picture}");
    }
}
