using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Gateway;
using Sigma.Hosting;
using Sigma.ServiceTests.Evaluator;
using Sigma.Storage;

namespace Sigma.ServiceTests.Gateway;

/// <summary>
/// A gateway of one test's own, with an integration <c>shop</c> of the kind generic, its bus in memory and its database a file; what it publishes;
/// and a console that has the key of its internal API.
/// </summary>
internal sealed class GatewaySession : IAsyncDisposable
{
    public const string ShopKey = "the-key-of-the-shop", ApiKey = "the key of the tests";

    readonly string _file;
    readonly bool _isOwn;
    readonly WebApplication _app;

    GatewaySession(string file, bool isOwn, WebApplication app)
    {
        (_file, _isOwn, _app) = (file, isOwn, app);
        Url = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };
        Console = new HttpClient { BaseAddress = new Uri(Url, "/internal/gateway/"), Timeout = TimeSpan.FromSeconds(60) };
        Console.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>A sender.</summary>
    public HttpClient Http { get; }

    /// <summary>A console.</summary>
    public HttpClient Console { get; }

    public IServiceProvider Services => _app.Services;

    public ReceivedNews News => Services.GetRequiredService<ReceivedNews>();

    public ShiftedClock Clock => (ShiftedClock)Services.GetRequiredService<TimeProvider>();

    public Database Database => Services.GetRequiredService<Database>();

    public string File => _file;

    public static Task<GatewaySession> Start(params (string Key, string Value)[] settings) => Start(null, _ => { }, settings);

    /// <summary>With further parts of the process, or on another's database.</summary>
    public static async Task<GatewaySession> Start(string? file, Action<ServiceBuilder> more, params (string Key, string Value)[] settings)
    {
        var own = file ?? Path.Combine(Path.GetTempPath(), $"sigma-gateway-{Guid.NewGuid():N}.db");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={own}", ["Api:Key"] = ApiKey,
            ["Gateway:Integrations:0:Name"] = "shop", ["Gateway:Integrations:0:Kind"] = "generic", ["Gateway:Integrations:0:Key"] = ShopKey,
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(new ShiftedClock());
        ReceivedNews news = new();
        builder.Services.AddSingleton(news);
        return new(own, file is null, await ServiceHost.Start("gateway", builder, service =>
        {
            service.AddGateway().Consumers(bus => bus.AddConsumer<ReceivedNews>());
            more(service);
        }, CancellationToken.None));
    }

    /// <summary>Sends a body to the shop, as its sender does.</summary>
    public Task<Answer> Send(string json, string path = "/in/shop", string? key = ShopKey) =>
        Send(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), key);

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? body = null, string? key = ShopKey)
    {
        using HttpRequestMessage request = new(method, path) { Content = body };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await Http.SendAsync(request);
        return await Read(answer);
    }

    /// <summary>What the console asks of it.</summary>
    public async Task<Answer> Ask(HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await Console.SendAsync(request);
        return await Read(answer);
    }

    /// <summary>The deliveries that are kept, the oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> Kept(string query = "") =>
        [.. (await Ask(HttpMethod.Get, $"intake{query}")).Body.GetProperty("items").EnumerateArray()];

    public async Task<long> Count(string sql)
    {
        await using var session = await Database.Begin(CancellationToken.None);
        return await session.First<long>(sql, null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Console.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_isOwn)
            foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
                System.IO.File.Delete(_file + part);
    }

    static async Task<Answer> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, text.Length > 0 && text[0] is ('{' or '[') ? JsonSerializer.Deserialize<JsonElement>(text) : default,
            answer.Headers.ETag?.Tag);
    }
}
