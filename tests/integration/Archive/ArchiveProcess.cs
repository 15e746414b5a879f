using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Archive;

/// <summary>An archive in a process of its own, asked as the console asks it.</summary>
internal sealed class ArchiveProcess : IAsyncDisposable
{
    const string Key = "the key of the tests";

    ArchiveProcess(ServiceProcess service)
    {
        Service = service;
        Http = new HttpClient { BaseAddress = new Uri(service.Url, "/internal/archive/"), Timeout = TimeSpan.FromSeconds(60) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public ServiceProcess Service { get; }

    public HttpClient Http { get; }

    /// <summary>Starts one on a folder; does not wait until it is ready.</summary>
    public static ArchiveProcess Start(Station station, string name, string folder, string logs, params IReadOnlyList<string> within)
    {
        var settings = station.Settings.Where(setting => setting.Key is not ("LOG_FORMAT" or "RabbitMq:LeaveAfter"))
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);
        settings["Archive__Folder"] = folder;
        settings["Api__Key"] = Key;
        return new(ServiceProcess.Start(name, "Sigma.Archive.dll", settings, logs, within));
    }

    public Task Ready() => Service.Ready(CancellationToken.None);

    /// <summary>What it says of its readiness; empty while it does not listen.</summary>
    public async Task<string> Readiness() => await Ask("/health/ready");

    /// <summary>A number of its page of metrics, of the first series that begins so; null when there is none.</summary>
    public async Task<double?> Metric(string series) => (await Ask("/metrics")).Split('\n')
        .Where(line => line.StartsWith(series, StringComparison.Ordinal)).Select(line => line[(line.LastIndexOf(' ') + 1)..])
        .Select(number => (double?)double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();

    public async Task<long> Count(DateTimeOffset from) =>
        (await Http.GetFromJsonAsync<JsonElement>($"logs/histogram?parts=1&{Range(from)}")).GetProperty("total").GetInt64();

    /// <summary>The texts of all lines since then.</summary>
    public async Task<List<string>> Texts(DateTimeOffset from)
    {
        List<string> texts = [];
        var range = Range(from);
        for (string? after = null; ;)
        {
            var page = await Http.GetFromJsonAsync<JsonElement>($"logs?limit=1000&{range}{(after is null ? "" : $"&after={after}")}");
            texts.AddRange(page.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("text").GetString()!));
            if (!page.TryGetProperty("next", out var next) || next.ValueKind == JsonValueKind.Null)
                return texts;
            after = next.GetString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Service.DisposeAsync();
    }

    static string Range(DateTimeOffset from) =>
        $"from={Uri.EscapeDataString($"{from:O}")}&to={Uri.EscapeDataString($"{TimeProvider.System.GetUtcNow().AddHours(1):O}")}";

    async Task<string> Ask(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(path);
            return await answer.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
