using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Archive;
using Sigma.Contracts;
using Sigma.Hosting;

namespace Sigma.ServiceTests.Archive;

/// <summary>An archive of one test's own: its bus in memory, its files in a folder; and a console that has the key of its API.</summary>
internal sealed class ArchiveSession : IAsyncDisposable
{
    public const string Key = "the key of the tests";

    readonly DirectoryInfo _folder;
    WebApplication _app;
    readonly (string Key, string Value)[] _settings;

    ArchiveSession(DirectoryInfo folder, WebApplication app, (string, string)[] settings)
    {
        _folder = folder;
        _app = app;
        _settings = settings;
        Http = Client();
    }

    public static DateTimeOffset Noon { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public HttpClient Http { get; private set; }

    public string Folder => _folder.FullName;

    public IServiceProvider Services => _app.Services;

    public ShiftedClock Clock => (ShiftedClock)Services.GetRequiredService<TimeProvider>();

    public static async Task<ArchiveSession> Start(params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("sigma-archive-service-");
        return new(folder, await Run(folder.FullName, settings), settings);
    }

    /// <summary>Another archive on the same folder, which may take a while.</summary>
    public Task<WebApplication> Second(CancellationToken ct = default) => Run(Folder, _settings, ct);

    public async Task Stop()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async Task Restart()
    {
        await Stop();
        Task<WebApplication> again;
        using (ExecutionContext.SuppressFlow()) // MassTransit remembers its logger beside the thread, and it has ended
            again = Task.Run(() => Run(Folder, _settings));
        _app = await again;
        Http.Dispose();
        Http = Client();
    }

    public Task Publish<T>(T message) where T : class => Services.GetRequiredService<IBus>().Publish(message);

    public static LogBatch Lines(params (string Text, string? Level)[] lines) => new()
    {
        BatchId = Guid.NewGuid(), Source = "tests", Lines = [.. lines.Select((line, index) => new LogLine
        {
            At = Noon.AddSeconds(index), Text = line.Text, Level = line.Level,
            Labels = new Dictionary<string, string> { ["host"] = "web-1", ["app"] = "shop" },
        })],
    };

    public Task<JsonElement> Get(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    public async Task<(int Status, JsonElement Body)> Ask(string path)
    {
        using var answer = await Http.GetAsync(path);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>The lines that a query finds, once there are so many.</summary>
    public async Task<JsonElement[]> Find(string query, int count) => await Await.Until(
        async () => (await Get($"logs?limit=1000&q={Uri.EscapeDataString(query)}")).GetProperty("items").EnumerateArray().ToArray(),
        items => items.Length == count, $"{count} lines are found by {query}");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync(); // stops it, if it still runs
        _folder.Delete(recursive: true);
    }

    HttpClient Client()
    {
        HttpClient http = new() { BaseAddress = new Uri(new Uri(_app.Urls.First()), "/internal/archive/"), Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return http;
    }

    static async Task<WebApplication> Run(string folder, (string Key, string Value)[] settings, CancellationToken ct = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, $"bus-{Guid.NewGuid():N}.sqlite")};Pooling=False", ["Api:Key"] = Key,
            ["Archive:Folder"] = folder,
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        ShiftedClock clock = new();
        clock.Advance(Noon.AddMinutes(6) - clock.GetUtcNow());
        builder.Services.AddSingleton<TimeProvider>(clock);
        return await ServiceHost.Start("archive", builder, service => service.AddArchive(), ct);
    }
}
