using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

[Collection(SharedStationTests.Name)]
public sealed class People_and_silences(SharedStation shared)
{
    [BrowserFact]
    public async Task A_silence_says_what_it_would_hold_before_it_is_made()
    {
        await shared.Station.Excess("4730");
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/?account=4730");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.GotoAsync("/silences/new?matcher=account%3D4730");
        await Expect(page.Locator("section[aria-live] table tbody tr")).ToHaveCountAsync(1);

        await page.FillAsync("#why", "the technician is there");
        await page.ClickAsync("button.primary[name='Form.Action']");
        await Expect(page.Locator(".done")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("the technician is there");
    }

    [BrowserFact]
    public async Task A_user_who_is_limited_to_an_account_sees_nothing_else()
    {
        await shared.Station.Excess("4731");
        await shared.Station.Excess("4732");
        var administrator = await shared.Station.SignedIn();
        await administrator.GotoAsync("/?account=4731");
        await Expect(administrator.Locator("[data-row]")).ToHaveCountAsync(1);
        await administrator.GotoAsync("/administration");
        await administrator.FillAsync("#name", "guest");
        await administrator.FillAsync("#limits", "account=4731");
        await administrator.Locator("section.card button.primary").ClickAsync();
        var password = await administrator.InnerTextAsync("[data-secret]");

        var page = await shared.Station.SignedIn("guest", password);
        await page.FillAsync("#present", password);
        await page.FillAsync("#wanted", "another correct horse");
        await page.FillAsync("#again", "another correct horse");
        await page.Locator("form:has(#wanted) button.primary").ClickAsync();
        await Expect(page.Locator(".done")).ToBeVisibleAsync();
        await page.GotoAsync("/");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.GotoAsync("/?account=4732");
        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
        await Expect(page.Locator("nav.pages")).Not.ToContainTextAsync("Rules");
        var answer = await page.GotoAsync("/rules");
        Assert.Equal(403, answer!.Status);
        await page.GotoAsync("/history");
        await Expect(page.Locator("main [data-open]")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task The_history_is_searched_and_taken_away_as_a_file()
    {
        await shared.Station.Excess("4733");
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/?account=4733");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.GotoAsync("/history");
        await page.FillAsync("main [type=search]", "4733");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains("4733", StringComparison.Ordinal));
        await Expect(page.Locator("main [data-open]")).ToHaveCountAsync(1);

        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[download]"));
        await using var stream = await download.CreateReadStreamAsync();
        using StreamReader reader = new(stream, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync()).TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("4733", lines[1], StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_route_is_tested_and_says_who_is_told()
    {
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/routes/test");
        await page.FillAsync("#labels", "account=4734");
        await page.Locator("form[action='routes/test'] button.primary").ClickAsync();
        await Expect(page.Locator("article.told").First).ToBeVisibleAsync();
    }
}
