using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sigma.TestServers.Processes;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

/// <summary>Two processes on one database and one broker, with and without a balancer that sends every request to the next of them.</summary>
public sealed partial class Two_consoles(ITestOutputHelper output) : IAsyncLifetime
{
    // What one has shown, the other shows within this.
    static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 2_000 };
    static readonly LocatorAssertionsToHaveCountOptions Long = new() { Timeout = 60_000 };

    readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("sigma-consoles-");
    ConsoleStation _station = null!;
    ServiceProcess _one = null!, _other = null!;
    string _token = "";

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is not null)
            return;
        _station = await ConsoleStation.Start(output, ("Console:Proxies", "127.0.0.1"));
        _token = await _station.Token();
        await _station.StopConsole();
        _one = await _station.StartConsoleProcess("console-1", _logs.FullName);
        _other = await _station.StartConsoleProcess("console-2", _logs.FullName);
    }

    public async Task DisposeAsync()
    {
        if (_other is not null)
            await _other.DisposeAsync();
        if (_one is not null)
            await _one.DisposeAsync();
        if (_station is not null)
            await _station.DisposeAsync();
        _logs.Delete(recursive: true);
    }

    [BrowserFact]
    public async Task Let_in_who_has_signed_in_at_the_other_and_show_what_was_done_there_on_pages_and_streams()
    {
        _station.Balancer = _one.Url;
        var stranger = await _station.Screen("de-DE");
        await stranger.GotoAsync("/");
        await Expect(stranger.Locator("details.menu summary")).ToHaveTextAsync("Português"); // a process knows no countries: not Invariant Language
        var here = await _station.SignedIn();
        var there = await here.Context.NewPageAsync();
        await here.GotoAsync($"{_one.Url}?account=5801");
        await there.GotoAsync($"{_other.Url}?account=5801");
        await Expect(there.Locator(".empty")).ToBeVisibleAsync(); // and no sign-in page
        using HttpClient program = Program(_other.Url);
        await using var stream = await Stream(program);

        await _station.Excess("5801");
        await Expect(here.Locator("[data-row]")).ToHaveCountAsync(1);
        await Expect(there.Locator("[data-row]")).ToBeVisibleAsync(Soon);
        await Expect(here.Locator("[data-row] [data-key=a]")).ToBeEnabledAsync();
        await here.Locator("[data-row]").HoverAsync();
        await here.Locator("[data-row] [data-key=a]").ClickAsync();
        await here.FillAsync("#acknowledge-text", "a technician is on the way");
        await here.ClickAsync("#acknowledge button.primary");
        await Expect(here.Locator("[data-row] .state-ack")).ToBeVisibleAsync();
        await Expect(there.Locator("[data-row] .state-ack")).ToBeVisibleAsync(Soon);
        await Expect(there.Locator("[data-row] .col-who")).ToHaveTextAsync(ConsoleStation.Administrator);
        Assert.Equal("acknowledged", await Until(stream, "acknowledged"));

        // Each takes a part of the messages, and both know all of them.
        await _station.Raise(Enumerable.Range(0, 120).Select(i => Alerts.Of($"58{i:000}", _station.Station.Clock.GetUtcNow())));
        using HttpClient elsewhere = Program(_one.Url);
        var atOther = await Await.Until(() => All(program), all => all.Count == 121, "one console has all alerts");
        Assert.Equal(atOther, await Await.Until(() => All(elsewhere), all => all.Count == 121, "the other has them too"));
    }

    [BrowserFact]
    public async Task Take_over_the_pages_of_the_one_that_is_gone_with_what_was_typed_and_leave_the_others_alone()
    {
        await using var balancer = await RoundRobinProxy.Start(_one.Url, _other.Url);
        _station.Balancer = balancer.Url;
        await _station.Excess("5802");
        var board = await _station.SignedIn();
        var context = board.Context;
        List<string> asked = [];
        context.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Type);
            await dialog.AcceptAsync();
        };
        await Live(board, "/?account=5802", "[data-row] [data-key=a]:enabled");
        var goes = balancer.LastUpgraded == _one.Url ? _one : _other;
        var stays = await On(context, balancer, console => console != goes.Url, "/?account=5802", "[data-row] [data-key=a]:enabled");
        var editor = await On(context, balancer, console => console == goes.Url, "/rules/edit?kind=count", "#rule-name");
        await editor.FillAsync("#rule-name", "typed before it went");
        await editor.FillAsync("#rule-threshold", "7");
        await Expect(editor.Locator("[data-keep=rule]")).ToHaveValueAsync(Typed());
        foreach (var page in (IPage[])[board, stays, editor])
            await page.EvaluateAsync("window.isSame = true");
        using var program = Program(balancer.Url);
        var last = await LastEvent(program);

        await goes.Kill(CancellationToken.None);
        await _station.Excess("5802", "E131");

        await Expect(stays.Locator("[data-row]")).ToHaveCountAsync(2, Long);
        await Expect(stays.Locator("#connection")).ToBeHiddenAsync();
        Assert.True(await stays.EvaluateAsync<bool>("window.isSame === true"), "a page whose console was there all the time came again");
        await Expect(board.Locator("[data-row]")).ToHaveCountAsync(2, Long);
        await Expect(board.Locator("#connection")).ToBeHiddenAsync();
        await Expect(board.Locator("[data-row] [data-key=a]").First).ToBeEnabledAsync();
        var row = board.Locator("[data-row]").Filter(new() { HasText = "E131" });
        await row.HoverAsync();
        await row.Locator("[data-key=a]").ClickAsync();
        await board.ClickAsync("#acknowledge button.primary");
        await Expect(row.Locator(".state-ack")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(stays.Locator("[data-row] .state-ack")).ToBeVisibleAsync(Soon);

        await Expect(editor.Locator("#rule-name")).ToHaveValueAsync("typed before it went", new() { Timeout = 60_000 });
        await Expect(editor.Locator("#rule-threshold")).ToHaveValueAsync("7");
        Assert.Empty(asked); // nobody was asked whether to leave the page

        // A stream goes on where it was.
        await using var stream = await Stream(program, last);
        Assert.Equal("raised", await Until(stream, "raised"));
    }

    // A page whose connection went to a console that is wanted; one after the other goes to the next.
    static async Task<IPage> On(IBrowserContext context, RoundRobinProxy balancer, Func<Uri, bool> wanted, string address, string alive)
    {
        for (var tries = 0; tries < 10; tries++)
        {
            var page = await context.NewPageAsync();
            await Live(page, address, alive);
            if (balancer.LastUpgraded is { } console && wanted(console))
                return page;
            await page.CloseAsync();
        }
        throw new Xunit.Sdk.XunitException("No page came to that console");
    }

    static async Task Live(IPage page, string address, string alive)
    {
        await page.GotoAsync(address);
        await Expect(page.Locator(alive).First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.Locator("[data-live=true]").First).ToBeAttachedAsync(new() { Timeout = 30_000 });
    }

    HttpClient Program(Uri address)
    {
        HttpClient program = new() { BaseAddress = address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return program;
    }

    static async Task<IReadOnlyList<string>> All(HttpClient program)
    {
        List<string> all = [];
        for (string? next = ""; next is not null;)
        {
            var page = JsonDocument.Parse(await program.GetStringAsync($"api/v1/alerts?limit=50{next}")).RootElement;
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(Of));
            next = page.TryGetProperty("next", out var after) && after.GetString() is { } place ? $"&after={Uri.EscapeDataString(place)}" : null;
        }
        all.Sort(StringComparer.Ordinal);
        return all;
    }

    static string Of(JsonElement alert) => $"{alert.GetProperty("alertId")} {alert.GetProperty("raisedAt")} {alert.GetProperty("labels")}";

    static async Task<string> LastEvent(HttpClient program)
    {
        await using var stream = await Stream(program);
        Assert.True(await stream.MoveNextAsync());
        return stream.Current.EventId!;
    }

    static async Task<IAsyncEnumerator<SseItem<string>>> Stream(HttpClient program, string? last = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "api/v1/live");
        if (last is not null)
            request.Headers.Add("Last-Event-ID", last);
        var answer = await program.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
    }

    static async Task<string?> Until(IAsyncEnumerator<SseItem<string>> stream, string type)
    {
        while (await stream.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)))
            if (stream.Current.EventType == type)
                return type;
        return null;
    }

    [GeneratedRegex("^0\\n[\\s\\S]*typed before it went[\\s\\S]*\"Threshold\": 7")]
    private static partial Regex Typed();
}
