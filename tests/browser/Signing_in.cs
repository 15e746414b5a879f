using Microsoft.Playwright;

namespace Sigma.BrowserTests;

[Collection(SharedStationTests.Name)]
public sealed class Signing_in(SharedStation shared)
{
    [BrowserFact]
    public async Task Leads_to_the_board_and_refuses_a_wrong_password_without_saying_which_of_the_two_is_wrong()
    {
        var page = await shared.Station.Screen();
        await page.GotoAsync("/history?rule=x");
        await page.FillAsync("#name", ConsoleStation.Administrator);
        await page.FillAsync("#password", "wrong, wrong, wrong");
        await page.ClickAsync("button.primary");
        var ofKnown = await page.InnerTextAsync(".problem");

        await page.FillAsync("#name", "nobody");
        await page.FillAsync("#password", "wrong, wrong, wrong");
        await page.ClickAsync("button.primary");
        Assert.Equal(ofKnown, await page.InnerTextAsync(".problem"));

        await page.FillAsync("#name", ConsoleStation.Administrator);
        await page.FillAsync("#password", ConsoleStation.Password);
        await page.ClickAsync("button.primary");
        await page.WaitForURLAsync(url => url.Contains("/history?rule=x", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Is_in_Portuguese_unless_the_browser_asks_for_English()
    {
        var portuguese = await shared.Station.Screen("pt-BR");
        await portuguese.GotoAsync("/");
        await Assertions.Expect(portuguese.Locator("html")).ToHaveAttributeAsync("lang", "pt-BR");
        await Assertions.Expect(portuguese.GetByRole(AriaRole.Button, new() { Name = "Entrar" })).ToBeVisibleAsync();

        var english = await shared.Station.Screen("en-US");
        await english.GotoAsync("/");
        await Assertions.Expect(english.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(english.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();

        var other = await shared.Station.Screen("de-DE");
        await other.GotoAsync("/");
        await Assertions.Expect(other.Locator("html")).ToHaveAttributeAsync("lang", "pt-BR");
    }
}
