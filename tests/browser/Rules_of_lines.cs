using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

/// <summary>From a search among log lines to a rule that counts what it finds.</summary>
[Collection(SharedStationTests.Name)]
public sealed partial class Rules_of_lines(SharedStation shared)
{
    ConsoleStation Station => shared.Station;

    [BrowserFact]
    public async Task Are_made_of_a_search_and_raise_in_the_shadow_what_it_finds()
    {
        using HttpClient sender = new() { BaseAddress = new Uri(Station.Gateway.Urls.First()) };
        await Send(sender, 1);
        var page = await Station.SignedIn();
        await using var context = page.Context;
        await Await.Until(async () =>
        {
            await page.GotoAsync("/logs?q=%22airship+adrift%22&level=high");
            return await page.Locator("tbody tr").CountAsync();
        }, found => found == 1, "the line is found");

        await page.ClickAsync("[data-rule]");
        await Expect(page.Locator("#rule-lines")).ToHaveValueAsync("\"airship adrift\" level>=high");
        await Expect(page.Locator("#rule-source")).ToHaveValueAsync("logs");
        await Expect(page.Locator("#rule-groupby")).ToHaveValueAsync("host");
        await Expect(page.Locator("#rule-mode")).ToHaveValueAsync("shadow");
        await page.FillAsync("#rule-name", "airships adrift");
        await page.FillAsync("#rule-threshold", "3");
        await Expect(page.Locator("section.problem")).ToHaveCountAsync(0);
        await page.Locator("form.card button.primary").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("done=saved", StringComparison.Ordinal));

        // Lines are counted from when the evaluator has the rule: some more until then.
        await Await.Until(async () =>
        {
            await Send(sender, 3);
            await page.GotoAsync("/?rule=airships+adrift&shadow=yes");
            return await page.Locator("[data-row]").CountAsync();
        }, rows => rows == 1, "an alert is raised in the shadow");
        await Expect(page.Locator("[data-row]")).ToContainTextAsync("receiver-58");
        await page.GotoAsync("/?rule=airships+adrift");
        await Expect(page.Locator(".empty")).ToBeVisibleAsync(); // and nobody is told

        await page.GotoAsync("/rules/edit?name=airships+adrift");
        await page.Locator("form.card .form-actions button[type=button]").ClickAsync();
        await page.Locator("form.toolbar button.primary").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(EventsRead());
        await Expect(page.Locator("main .problem[role=alert]")).ToHaveCountAsync(0);
    }

    static async Task Send(HttpClient sender, int lines)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/in/logs")
        {
            Content = new StringContent(string.Join('\n', Enumerable.Repeat(
                """{"host":"receiver-58","level":"error","message":"the airship adrift is seen no more"}""", lines)), Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ConsoleStation.KeyOf("logs"));
        using var answer = await sender.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [GeneratedRegex(@"\d+ events?")]
    private static partial Regex EventsRead();
}
