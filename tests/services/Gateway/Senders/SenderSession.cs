using System.Net.Http.Headers;
using System.Text;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Gateway;
using Sigma.Hosting;
using Sigma.Storage;

namespace Sigma.ServiceTests.Gateway.Senders;

/// <summary>A gateway with an integration of each kind that has protocols of its own: SQLite, the bus in memory, HTTP as senders speak it.</summary>
internal sealed class SenderSession : IAsyncDisposable
{
    public const string Metrics = "key-of-the-metrics-0", Alerts = "key-of-the-alerts-00", Beats = "5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278",
        Events = "samplekeyhere-samplekeyhere-0000", Api = "a key of the tests";

    readonly string _file;
    readonly WebApplication _app;

    SenderSession(string file, WebApplication app, TakenNews news)
    {
        _file = file;
        _app = app;
        News = news;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public TakenNews News { get; }

    public HttpClient Http { get; }

    public static async Task<SenderSession> Start(params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sigma-senders-{Guid.NewGuid():N}.db");
        TakenNews news = new();
        var builder = WebApplication.CreateEmptyBuilder(new());
        Dictionary<string, string?> all = new()
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={file}", ["Api:Key"] = Api,
        };
        (string, string)[] integrations = [("metrics", Metrics), ("alertmanager", Alerts), ("beats", Beats), ("pagerduty", Events)];
        foreach (var (index, (kind, key)) in integrations.Index())
        {
            all[$"Gateway:Integrations:{index}:Name"] = $"our-{kind}";
            all[$"Gateway:Integrations:{index}:Kind"] = kind;
            all[$"Gateway:Integrations:{index}:Key"] = key;
            all[$"Gateway:Integrations:{index}:Labels:site"] = "north";
        }
        foreach (var (key, value) in settings)
            all[key] = value;
        builder.Configuration.AddInMemoryCollection(all);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting().AddSingleton(news);
        var app = await ServiceHost.Start("gateway", builder, service =>
            service.AddGateway().Consumers(bus => bus.AddConsumer<TakenNews.NewsConsumer>()), CancellationToken.None);
        return new(file, app, news);
    }

    /// <summary>Sends a body by a key, as a bearer; none where it is null.</summary>
    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, byte[]? body, string? key, string? contentType = null,
        params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (contentType is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> Post(string path, string body, string? key, string contentType = "application/json") =>
        Send(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), key, contentType);

    /// <summary>How many deliveries are kept in a state.</summary>
    public async Task<long> Kept(string state)
    {
        await using var session = await _app.Services.GetRequiredService<Database>().Begin(default);
        return await session.First<long>("select count(*) from gateway_intake where state = @state", new { state }, default);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
            File.Delete(_file + part);
    }
}
