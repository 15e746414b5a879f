using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

[Collection(SharedStationTests.Name)]
public sealed class Every_page(SharedStation shared)
{
    public static TheoryData<string> Pages =>
    [
        "/", "/routes/route", "/silences/maintenance", "/history", "/rules", "/rules/edit?kind=count", "/silences", "/silences/new",
        "/routes", "/routes/inhibition", "/routes/escalation",
        "/routes/edit", "/routes/history", "/routes/test", "/receivers", "/sources", "/sources/integrations",
        "/sources/integrations/new", "/sources/received", "/sources/agents", "/sources/polled", "/logs", "/series", "/system",
        "/system/deliveries", "/system/queues", "/system/drills", "/administration", "/administration/tokens", "/administration/audit",
        "/administration/settings", "/administration/settings?service=gateway", "/account",
    ];

    [BrowserTheory, MemberData(nameof(Pages))]
    public async Task Is_accessible_in_light_and_dark_and_says_no_key_of_a_text(string address)
    {
        var page = await shared.Station.SignedIn();
        await using var context = page.Context; // so many open pages would keep the machine busy
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var response = await page.GotoAsync(address);
            Assert.True(response?.Status == 200, $"{address} answers {response?.Status}");
            await Expect(page.Locator("h1").First).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(violation =>
                $"{address}, {scheme}: {violation.Id} ({violation.Impact}): {violation.Help}: {violation.Nodes[0].Html}")));
        }
        Assert.Empty(errors);
    }

    [BrowserTheory, MemberData(nameof(Pages))]
    public async Task Fits_a_phone(string address)
    {
        var page = await shared.Station.SignedIn(width: 360, height: 740);
        await using var context = page.Context;
        await page.GotoAsync(address);
        await Expect(page.Locator("h1").First).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= 360, $"{address} is {width} wide");
    }

    [BrowserFact]
    public async Task Of_an_alert_is_accessible()
    {
        await shared.Station.Excess("4720");
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/?account=4720");
        await page.Locator("[data-open]").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/alerts/", StringComparison.Ordinal));
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0,
            string.Join('\n', found.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}")));
    }
}
