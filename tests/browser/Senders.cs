using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

/// <summary>Other systems send, and people see what became of it.</summary>
[Collection(SharedStationTests.Name)]
public sealed class Senders(SharedStation shared)
{
    ConsoleStation Station => shared.Station;

    [BrowserFact]
    public async Task An_integration_made_on_the_page_takes_an_alert_that_is_on_the_board_and_its_body_is_shown()
    {
        var page = await Station.SignedIn();
        await using var context = page.Context;
        await page.GotoAsync("/sources/integrations");
        await page.ClickAsync("main a.primary");
        await page.FillAsync("#name", "shop");
        await page.SelectOptionAsync("#kind", "generic");
        await page.FillAsync("#labels", "account=4801");
        await page.ClickAsync("form.card button.primary");
        var key = await page.Locator("[data-secret]").InnerTextAsync();

        using HttpClient sender = new() { BaseAddress = new Uri(Station.Gateway.Urls.First()) };
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(sender, "/in/shop", "not-the-key-of-anybody", "{}"));
        Assert.Equal(HttpStatusCode.OK, await Send(sender, "/in/shop", key,
            """{"id":"till-7","state":"alerting","severity":"critical","title":"The till does not answer"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await Send(sender, "/in/shop", key, """{"id":"""));

        await page.GotoAsync("/?account=4801");
        await Expect(page.Locator("[data-row]")).ToContainTextAsync("The till does not answer");
        await Expect(page.Locator("[data-row] .severity-critical")).ToBeVisibleAsync();

        await page.GotoAsync("/sources/received?integration=shop");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("not understood");
        await page.Locator("tbody tr").Last.Locator("[data-open]").ClickAsync();
        await Expect(page.Locator("pre")).ToContainTextAsync("till-7");
        await Expect(page.Locator("table")).ToContainTextAsync("The till does not answer");
        await page.ClickAsync("form button:has-text('Read again')");
        await Expect(page.Locator(".done")).ToBeVisibleAsync();

        Assert.Equal(HttpStatusCode.OK, await Send(sender, "/in/shop", key, """{"id":"till-7","state":"ok"}"""));
        await page.GotoAsync("/?account=4801");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Log_lines_are_found_by_words_and_level_counted_over_time_and_seen_as_they_come()
    {
        using HttpClient sender = new() { BaseAddress = new Uri(Station.Gateway.Urls.First()) };
        await Lines(sender, """{"host":"receiver-9","level":"error","message":"the zeppelin has landed"}""",
            """{"host":"receiver-9","level":"info","message":"the zeppelin is on its way"}""");
        var page = await Station.SignedIn();
        await using var context = page.Context;
        await Until(page, "/logs?q=zeppelin", "tbody tr", 2);
        await Expect(page.Locator("svg.log-bars a rect.log-high")).ToHaveCountAsync(1);
        await page.SelectOptionAsync("select[name=level]", "high");
        await page.ClickAsync("form button.primary");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("tbody summary").ClickAsync();
        await Expect(page.Locator("dl.facts")).ToContainTextAsync("receiver-9");
        await page.Locator("svg.log-bars a:has(rect.log-high)").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("from=", StringComparison.Ordinal) && url.Contains("to=", StringComparison.Ordinal));
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GotoAsync("/logs?q=%22never%20closed");
        await Expect(page.Locator(".problem")).ToBeVisibleAsync();

        await page.GotoAsync("/logs?q=balloon&live=1");
        await Expect(page.Locator("#log-live")).ToBeVisibleAsync();
        await Await.Until(async () =>
        {
            await Lines(sender, """{"host":"receiver-9","message":"a balloon rises <b>now</b>"}""");
            return await page.Locator("tbody tr").CountAsync();
        }, seen => seen > 0, "a line that comes is seen");
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("<b>now</b>");
    }

    [BrowserFact]
    public async Task Samples_are_drawn_and_whoever_sends_is_among_the_agents()
    {
        using HttpClient sender = new() { BaseAddress = new Uri(Station.Gateway.Urls.First()) };
        Assert.Equal(HttpStatusCode.NoContent,
            await Send(sender, "/write", ConsoleStation.KeyOf("metrics"), "freezer_celsius,host=kitchen value=-18.5"));
        using (var ping = await sender.GetAsync($"/ping/{ConsoleStation.KeyOf("beats")}/nightly-backup?create=1"))
            Assert.Equal(HttpStatusCode.OK, ping.StatusCode);
        var page = await Station.SignedIn();
        await using var context = page.Context;
        await Until(page, "/series?name=freezer*", "svg.chart, tbody tr", 1);
        await page.GotoAsync("/series?name=freezer_celsius_value&labels=host%3Dkitchen");
        if (await page.Locator("svg.chart").CountAsync() == 0)
            await page.GotoAsync("/series?name=freezer_celsius");
        await Expect(page.Locator("svg.chart")).ToHaveCountAsync(1);
        await Expect(page.Locator("main")).ToContainTextAsync("-18.5");
        await Until(page, "/sources/agents", "tbody tr:has-text('nightly-backup')", 1);
    }

    static async Task<HttpStatusCode> Send(HttpClient sender, string path, string key, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await sender.SendAsync(request);
        return answer.StatusCode;
    }

    static async Task Lines(HttpClient sender, params string[] lines) =>
        Assert.Equal(HttpStatusCode.OK, await Send(sender, "/in/logs", ConsoleStation.KeyOf("logs"), string.Join('\n', lines)));

    static Task Until(IPage page, string address, string what, int count) => Await.Until(async () =>
    {
        await page.GotoAsync(address);
        return await page.Locator(what).CountAsync();
    }, seen => seen == count, $"{address} shows {count} of {what}");
}
