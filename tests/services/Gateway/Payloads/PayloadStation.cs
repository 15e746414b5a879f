using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Evaluator;
using Sigma.Gateway;
using Sigma.Hosting;

namespace Sigma.ServiceTests.Gateway.Payloads;

/// <summary>
/// A gateway and an evaluator in one process, their bus in memory and their database a file, and a server that stands for Amazon's: from what a
/// sender sends to the alert. Each case has an integration of its own, so that all of them share the process.
/// </summary>
public sealed class PayloadStation : IAsyncLifetime
{
    /// <summary>Keys of the beats, as they stand in the sample.</summary>
    public const string Jobs = "5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278", Backups = "fqOOd6-F4MMNuCEnzTU01w";

    /// <summary>What is raised where a sender says no severity.</summary>
    public const string DefaultSeverity = "low";

    const string ApiKey = "the key of the tests", MarkerKey = "the-key-of-the-markers";

    const int AtATime = 8;

    readonly ConcurrentDictionary<string, Lazy<Dictionary<string, Task>>> _begun = new();
    readonly string _file = Path.Combine(Path.GetTempPath(), $"sigma-payloads-{Guid.NewGuid():N}.db");
    WebApplication? _app;
    HttpClient? _console;
    int _integrations, _markers;

    internal HttpClient Http { get; private set; } = null!;

    internal AmazonServer Amazon { get; private set; } = null!;

    internal ToldNews News { get; } = new();

    public async Task InitializeAsync()
    {
        Amazon = await AmazonServer.Start();
        var builder = WebApplication.CreateEmptyBuilder(new());
        Dictionary<string, string?> settings = new()
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={_file}", ["Api:Key"] = ApiKey, ["Gateway:Slice"] = "00:00:01",
            ["Gateway:Confirmations:Hosts:aws"] = Amazon.Authority, ["Gateway:Confirmations:CaFile"] = Amazon.AuthorityFile,
            ["Gateway:Confirmations:AllowPrivateAddresses"] = "true",
        };
        foreach (var (index, (name, kind, key)) in new[]
        {
            ("markers", "generic", MarkerKey), ("jobs", "beats", Jobs), ("backups", "beats", Backups),
        }.Index())
        {
            settings[$"Gateway:Integrations:{index}:Name"] = name;
            settings[$"Gateway:Integrations:{index}:Kind"] = kind;
            settings[$"Gateway:Integrations:{index}:Key"] = key;
        }
        foreach (var (index, source) in new[] { "jobs", "backups" }.Index())
        {
            settings[$"Evaluator:Rules:{index}:Name"] = $"{source}-fail";
            settings[$"Evaluator:Rules:{index}:Kind"] = "absence";
            settings[$"Evaluator:Rules:{index}:Source"] = source;
            settings[$"Evaluator:Rules:{index}:GroupBy"] = "check";
            settings[$"Evaluator:Rules:{index}:After"] = "1.00:00:00";
        }
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting().AddSingleton(News);
        _app = await ServiceHost.Start("gateway", builder,
            service => service.AddGateway().AddEvaluator().Consumers(ToldNews.Listen), CancellationToken.None);
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        _console = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        _console.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        _console?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        await Amazon.DisposeAsync();
        foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
            File.Delete(_file + part);
    }

    /// <summary>
    /// Awaits one case of a theory. The first begins all of them: their time is spent waiting, and those that are judged later do so together.
    /// </summary>
    internal Task One(string path, IEnumerable<string> all, Func<string, Task> run, [CallerMemberName] string theory = "") =>
        _begun.GetOrAdd(theory, _ => new(() =>
        {
            SemaphoreSlim places = new(AtATime);
            return all.ToDictionary(one => one, async one =>
            {
                await places.WaitAsync();
                try
                {
                    await run(one);
                }
                finally
                {
                    places.Release();
                }
            });
        })).Value[path];

    /// <summary>A sender of a kind, with an integration of its own.</summary>
    internal async Task<PayloadSender> Sender(string kind, string? secret = null, params (string Name, string Value)[] settings)
    {
        var name = $"{kind}-{Interlocked.Increment(ref _integrations)}";
        using var made = await _console!.PutAsJsonAsync($"/internal/gateway/integrations/{name}", new
        {
            integration = new
            {
                name, kind, secret, defaultSeverity = DefaultSeverity,
                settings = settings.Append(("Hosts", Amazon.Authority)).ToDictionary(pair => pair.Item1, pair => pair.Item2),
            },
            by = "a test",
        });
        var answer = await made.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(made.IsSuccessStatusCode, $"{name} is not made: {answer}");
        return new PayloadSender(this, name, kind, answer.GetProperty("key").GetString()!);
    }

    /// <summary>What an integration delivered, the oldest first.</summary>
    internal async Task<IReadOnlyList<JsonElement>> Deliveries(string name) =>
        [.. (await _console!.GetFromJsonAsync<JsonElement>($"/internal/gateway/intake?integration={name}&limit=500")).GetProperty("items")
            .EnumerateArray()];

    /// <summary>A delivery as it came.</summary>
    internal async Task<JsonElement> Delivery(long id) => await _console!.GetFromJsonAsync<JsonElement>($"/internal/gateway/intake/{id}");

    /// <summary>
    /// Waits until all that was sent before is judged: what is sent last, by another, takes the same way behind it, and is raised when it has come to
    /// its end.
    /// </summary>
    internal async Task Settle()
    {
        var title = $"marker {Interlocked.Increment(ref _markers)}";
        using var marker = new StringContent($$"""{"id":"{{title}}","title":"{{title}}","status":"firing"}""", Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync($"/in/markers?key={MarkerKey}", marker);
        answer.EnsureSuccessStatusCode();
        await Await.Until(() => Task.FromResult(News.Raised("markers").Count), _ => News.Raised("markers").Any(alert => alert.Summary == title),
            $"{title} is raised");
    }
}

/// <summary>One process for all of them.</summary>
[CollectionDefinition(nameof(PayloadStation))]
public sealed class PayloadTests : ICollectionFixture<PayloadStation>;
