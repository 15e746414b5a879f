using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Hosting;
using Sigma.Storage;

namespace Sigma.ServiceTests.Evaluator;

/// <summary>An evaluator of one test's own: its bus in memory, its database a file; and a console that has the key of its API.</summary>
internal sealed class EvaluatorSession : IAsyncDisposable
{
    public const string Key = "the key of the tests";

    readonly string _file;
    readonly WebApplication _app;

    EvaluatorSession(string file, WebApplication app)
    {
        _file = file;
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(new Uri(app.Urls.First()), "/internal/evaluator/"), Timeout = TimeSpan.FromSeconds(60) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public static DateTimeOffset Noon { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A console.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public ShiftedClock Clock => (ShiftedClock)Services.GetRequiredService<TimeProvider>();

    public Database Database => Services.GetRequiredService<Database>();

    public static async Task<EvaluatorSession> Start(params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sigma-evaluator-{Guid.NewGuid():N}.db");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={file}", ["Api:Key"] = Key,
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        ShiftedClock clock = new();
        clock.Advance(Noon.AddMinutes(6) - clock.GetUtcNow());
        builder.Services.AddSingleton<TimeProvider>(clock);
        return new(file, await ServiceHost.Start("evaluator", builder, service => service.AddEvaluator(), CancellationToken.None));
    }

    public Task Publish<T>(T message) where T : class => Services.GetRequiredService<IBus>().Publish(message);

    /// <summary>Events of one account, and covered time of two hours before them.</summary>
    public async Task Feed(int events, string account)
    {
        await Publish(Slice(Noon.AddHours(-2), Noon, []));
        await Publish(Slice(Noon, Noon.AddMinutes(5), [.. Enumerable.Range(0, events).Select(i => new MonitoredEvent
        {
            EventId = $"{account}-{i}", OccurredAt = Noon.AddSeconds(i),
            Labels = new Dictionary<string, string> { ["account"] = account, ["cuc"] = "ALR", ["code"] = "E130" },
        })]));
    }

    /// <summary>Feeds an excess and waits until its alert is raised.</summary>
    public async Task<Guid> Raise(string account = "100", int events = 20)
    {
        await Feed(events, account);
        JsonElement raised = default;
        await Await.Until(async () => (raised = await Get($"alerts?label=account={account}")).GetProperty("items").GetArrayLength(),
            count => count > 0, "the alert is raised");
        return raised.GetProperty("items")[0].GetProperty("alertId").GetGuid();
    }

    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Sends a body, with what must still be so.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, object? body = null, string? ifMatch = null, string? ifNoneMatch = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), answer.Headers.ETag?.Tag);
    }

    public Task<Answer> Post(string path, object body, string? ifMatch = null) => Send(HttpMethod.Post, path, body, ifMatch);

    public async Task<long> Count(string sql)
    {
        await using var session = await Database.Begin(CancellationToken.None);
        return await session.First<long>(sql, null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
            File.Delete(_file + part);
    }

    static EventBatch Slice(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<MonitoredEvent> events) => new()
    {
        BatchId = Guid.NewGuid(), Source = "segware", SliceFrom = from, SliceTo = to, Part = 1, Parts = 1, Events = events,
    };
}

/// <summary>What was answered.</summary>
internal sealed record Answer(int Status, JsonElement Body, string? Tag)
{
    public string? Detail => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
}
