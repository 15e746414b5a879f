using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

[Collection(SharedStationTests.Name)]
public sealed class The_board(SharedStation shared)
{
    [BrowserFact]
    public async Task Shows_an_alert_while_one_looks_and_who_takes_it_on_every_other_screen()
    {
        var first = await shared.Station.SignedIn();
        var second = await shared.Station.SignedIn(language: "pt-BR");
        await first.GotoAsync("/?account=4711");
        await second.GotoAsync("/?account=4711");
        await Expect(first.Locator(".empty")).ToBeVisibleAsync();
        await Expect(second.Locator(".empty")).ToBeVisibleAsync();

        await shared.Station.Excess("4711");
        var row = first.Locator("[data-row]");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(second.Locator("[data-row]")).ToHaveCountAsync(1);

        await row.HoverAsync();
        await row.Locator("[data-key=a]").ClickAsync();
        await first.FillAsync("#acknowledge-text", "Técnico a caminho");
        await first.ClickAsync("#acknowledge button.primary");
        await Expect(first.Locator("[data-row] .state-ack")).ToBeVisibleAsync();
        await Expect(second.Locator("[data-row] .state-ack")).ToBeVisibleAsync();
        await Expect(second.Locator("[data-row] .col-who")).ToHaveTextAsync(ConsoleStation.Administrator);

        await second.Locator("[data-open]").ClickAsync();
        await Expect(second.Locator("main")).ToContainTextAsync("Técnico a caminho");
    }

    [BrowserFact]
    public async Task Is_worked_with_the_keyboard_alone()
    {
        var page = await shared.Station.SignedIn();
        await shared.Station.Excess("4712");
        await page.GotoAsync("/?account=4712");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator("#acknowledge-text")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("seen");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("[data-row] .state-ack")).ToBeVisibleAsync();
        await Expect(page.Locator("#acknowledge")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains("/alerts/", StringComparison.Ordinal));
        await page.GoBackAsync();
        await Expect(page.Locator("[data-row] [data-key=c]")).ToBeEnabledAsync(); // the page lives: what has the focus stays
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("main [type=search]")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Says_who_was_told_and_what_is_silenced_of_alerts_that_are_chosen_together()
    {
        await shared.Station.Excess("4714");
        await shared.Station.Excess("4714", "E131");
        await shared.Station.Excess("4714", "E132");
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/?account=4714");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(3);
        await Expect(page.Locator("[data-row] .col-told .told-sent[title='whatsapp: sent']").First).ToBeVisibleAsync();

        foreach (var code in (string[])["E130", "E131"])
            await page.Locator("[data-row]").Filter(new() { HasText = code }).Locator("[type=checkbox]").CheckAsync();
        await page.Locator(".board-chosen button").Filter(new() { HasText = "Silence" }).ClickAsync();
        await page.FillAsync("#silence-text", "the panel is replaced");
        await page.SelectOptionAsync("#silence-hours", "1");
        await page.ClickAsync("#silence button.primary");
        await Expect(page.Locator("[data-row] .state-silenced")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await Expect(page.Locator("[data-row]").Filter(new() { HasText = "E132" }).Locator(".state-silenced")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Keeps_in_its_address_which_groups_are_folded()
    {
        await shared.Station.Excess("4715");
        await shared.Station.Excess("4716");
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/?account=4715&account=4716&group=account");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(2);
        await page.Locator(".board-group button").First.ClickAsync();
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        Assert.Contains("fold=", page.Url, StringComparison.Ordinal);

        await page.ReloadAsync();
        await Expect(page.Locator(".board-group")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Expect(page.Locator(".board-group button[aria-expanded=false]")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Shows_what_stands_in_labels_as_text()
    {
        var page = await shared.Station.SignedIn();
        var alert = Alerts.Of("<img src=x onerror=alert(1)>", shared.Station.Station.Clock.GetUtcNow());
        var asked = false;
        page.Dialog += async (_, dialog) =>
        {
            asked = true;
            await dialog.DismissAsync();
        };
        await shared.Station.Raise([alert]);
        await page.GotoAsync($"/?account={Uri.EscapeDataString(alert.Labels["account"])}");
        await Expect(page.Locator("[data-row]")).ToContainTextAsync("<img src=x");
        await page.GotoAsync($"/alerts/{alert.AlertId}");
        await Expect(page.Locator("main")).ToContainTextAsync("<img src=x");
        Assert.False(asked, "a label was run as a script");
    }

    [BrowserFact]
    public async Task Is_read_and_worked_on_a_phone()
    {
        var page = await shared.Station.SignedIn(width: 360, height: 740);
        await shared.Station.Excess("4713");
        await page.GotoAsync("/?account=4713");
        await Expect(page.Locator("[data-row]")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the phone");
        await page.Locator("[data-row] [data-open]").ClickAsync();
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the phone");
    }
}
