using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Sigma.ServiceTests.Fetcher.Sources;

public sealed class Sources_over_HTTP
{
    [Fact]
    public async Task The_console_is_told_how_each_is_and_was()
    {
        await using var session = await Run("ok");
        using var http = session.Http();
        await Await.Until(async () => (await Source(http, "page")).GetProperty("state").GetString(), state => state == "ok", "it was looked at");

        var all = await http.GetFromJsonAsync<JsonElement>("/internal/fetcher/sources");
        Assert.Equal(["cloud", "page"], all.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        var page = await Source(http, "page");
        Assert.Equal(("probe", "http", "00:00:00.2000000"),
            (page.GetProperty("kind").GetString(), page.GetProperty("type").GetString(), page.GetProperty("every").GetString()));
        Assert.Contains(page.GetProperty("samples").EnumerateArray(), sample => sample.GetProperty("series").GetString() == "probe_up");
        Assert.True(page.TryGetProperty("lastSuccess", out _) && page.TryGetProperty("nextPoll", out _));

        session.Simulator.Probed.IsHealthy = false;
        await Await.Until(async () => (await Source(http, "page")).GetProperty("openConditions").GetInt32(), open => open == 1, "it is down");
        var down = await Source(http, "page");
        Assert.Equal("down", down.GetProperty("state").GetString());
        Assert.Contains("503", down.GetProperty("conditions")[0].GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_last_runs_are_kept_and_no_more_of_them()
    {
        await using var session = await Run("ok");
        using var http = session.Http();
        await Await.Until(async () => (await History(http, "page", "limit=1")).GetProperty("items").EnumerateArray()
            .Select(run => run.GetProperty("run").GetInt64()).FirstOrDefault(), last => last > 15, "it was looked at 15 times");

        var first = await History(http, "page", "limit=6");
        var second = await History(http, "page", $"limit=200&after={first.GetProperty("next").GetString()}");
        long[] runs = [.. first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray())
            .Select(run => run.GetProperty("run").GetInt64())];
        Assert.Equal(runs.OrderDescending().Distinct(), runs);
        Assert.InRange(runs.Length, 8, 14); // ten are kept, and there were some between the two pages
        Assert.False(second.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task What_is_not_there_and_who_has_no_key_is_told_so()
    {
        await using var session = await Run("ok");
        using var http = session.Http();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/internal/fetcher/sources/nobody")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/internal/fetcher/sources/nobody/history")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/internal/fetcher/sources/page/history?limit=0")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/internal/fetcher/sources/page/history?after=x")).StatusCode);
        http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/internal/fetcher/sources")).StatusCode);
    }

    [Fact]
    public async Task Ready_without_Segware_with_a_note_of_what_cannot_be_read()
    {
        var folder = Directory.CreateTempSubdirectory("sigma-plugins-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Broken.dll"), "no assembly");
            await using var session = await Run("gone", ("Fetcher:Probes:Folder", folder.FullName));
            using var http = session.Http();
            var probes = await http.GetFromJsonAsync<JsonElement>("/internal/fetcher/probes");
            Assert.Contains(probes.GetProperty("probes").EnumerateArray(), probe => probe.GetProperty("name").GetString() == "http");
            Assert.StartsWith("Broken.dll", probes.GetProperty("faults")[0].GetString());

            var checks = await Await.Until(async () =>
            {
                using var ready = await http.GetAsync("/health/ready");
                return (ready.StatusCode, Checks: (await ready.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks"));
            }, seen => seen.Checks.GetProperty("sources").GetString()!.Contains("cloud cannot be read"), "the note names the feed");
            Assert.Equal(HttpStatusCode.OK, checks.StatusCode);
            Assert.Contains("ok, but cloud cannot be read; Broken.dll cannot be loaded", checks.Checks.GetProperty("sources").GetString());
            Assert.Equal("ok, but it is not asked: Segware__BearerToken is not set", checks.Checks.GetProperty("segware").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static Task<SourcesSession> Run(string feed, params (string, string)[] settings) => SourcesSession.Run(simulator =>
    [
        ("Fetcher:StatusFeeds:0:Name", "cloud"), ("Fetcher:StatusFeeds:0:Kind", "gcp"), ("Fetcher:StatusFeeds:0:Every", "00:00:01"),
        ("Fetcher:StatusFeeds:0:Address", new Uri(simulator.Url, feed == "ok" ? "feeds/gcp" : "feeds/none").ToString()),
        ("Fetcher:StatusFeeds:0:Patience:Retries", "0"), ("Fetcher:Probes:KeepRuns", "10"), ("Fetcher:Probes:Checks:0:Name", "page"),
        ("Fetcher:Probes:Checks:0:Probe", "http"), ("Fetcher:Probes:Checks:0:Every", "00:00:00.2"), ("Fetcher:Probes:Checks:0:After", "1"),
        ("Fetcher:Probes:Checks:0:Parameters:Address", $"{simulator.Url}probed/health"), .. settings,
    ]);

    static Task<JsonElement> Source(HttpClient http, string name) => http.GetFromJsonAsync<JsonElement>($"/internal/fetcher/sources/{name}");

    static Task<JsonElement> History(HttpClient http, string name, string query) =>
        http.GetFromJsonAsync<JsonElement>($"/internal/fetcher/sources/{name}/history?{query}");
}
