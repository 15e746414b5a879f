using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

[Collection(SharedStationTests.Name)]
public sealed partial class Rules_on_pages(SharedStation shared)
{
    [BrowserFact]
    public async Task A_rule_is_written_tried_out_put_into_the_shadow_made_live_and_rolled_back()
    {
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/rules/edit?kind=count");
        await page.FillAsync("#rule-name", "few-of-one-code");
        await page.ClickAsync("text=As JSON");
        await page.FillAsync("#rule-json", """{"name":"few-of-one-code","kind":"count","threshold":"a few","mode":"off"}""");
        await Expect(page.Locator(".validation-message, section.problem").First).ToBeVisibleAsync();
        await page.FillAsync("#rule-json", """{"name":"few-of-one-code","kind":"count","threshold":15,"mode":"off"}""");
        await Expect(page.Locator("section.problem")).ToHaveCountAsync(0);

        await page.Locator("form.card .form-actions button[type=button]").ClickAsync();
        await page.Locator("form.toolbar button.primary").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(EventsRead());

        await page.FillAsync("#rule-why", "to see how many there are");
        await page.Locator("form.card button.primary").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/rules/edit", StringComparison.Ordinal));

        await SetMode(page, "shadow");
        await SetMode(page, "live");
        await page.Locator("details.inline").Last.ClickAsync();
        await page.Locator("details.inline[open] button.primary").ClickAsync();
        await Expect(page.Locator("input[name='Form.Mode'][value=off]")).ToBeCheckedAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("to see how many there are");
    }

    static async Task SetMode(IPage page, string mode)
    {
        await page.CheckAsync($"input[name='Form.Mode'][value={mode}]");
        await page.ClickAsync("form:has(input[name='Form.Mode']) button.primary");
        await Expect(page.Locator(".done")).ToBeVisibleAsync();
        await Expect(page.Locator($"input[name='Form.Mode'][value={mode}]")).ToBeCheckedAsync();
    }

    [GeneratedRegex(@"\d+ events?")]
    private static partial Regex EventsRead();
}
