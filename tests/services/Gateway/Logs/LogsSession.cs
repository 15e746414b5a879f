using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Gateway;
using Sigma.Hosting;
using Sigma.Storage;

namespace Sigma.ServiceTests.Gateway.Logs;

/// <summary>A gateway that is listened to, with SQLite and the bus within the process.</summary>
internal sealed class LogsSession : IAsyncDisposable
{
    public const string Key = "a-key-of-the-log-tests";

    const int Large = 100_000;

    static readonly CancellationToken Ct = CancellationToken.None;

    readonly string _file;
    readonly WebApplication _app;

    LogsSession(string file, WebApplication app, ReceivedNews received)
    {
        (_file, _app, Received) = (file, app, received);
        // Who asks before he sends a large body gets the answer, not a connection that is closed meanwhile.
        Http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) })
        {
            BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60),
        };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    /// <summary>What came through the broker.</summary>
    public ReceivedNews Received { get; }

    /// <summary>Sends with the key as a bearer.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<LogsSession> Start(params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sigma-logs-{Guid.NewGuid():N}.db");
        var received = new ReceivedNews();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory",
            ["Storage:Provider"] = "Sqlite", ["Storage:ConnectionString"] = $"Data Source={file}",
            ["Gateway:Integrations:0:Name"] = "logs", ["Gateway:Integrations:0:Kind"] = "logs", ["Gateway:Integrations:0:Key"] = Key,
            ["Gateway:Integrations:0:Labels:site"] = "lab",
            ["Gateway:Integrations:1:Name"] = "metrics", ["Gateway:Integrations:1:Kind"] = "metrics",
            ["Gateway:Integrations:1:Key"] = "a-key-of-other-tests",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting().AddSingleton(received);
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
        return new(file, await ServiceHost.Start("gateway", builder,
            service => service.AddGateway().Consumers(bus => bus.AddConsumer<ReceivedNews.NewsConsumer>()), late.Token), received);
    }

    /// <summary>Posts a text.</summary>
    public Task<HttpResponseMessage> Post(string path, string body, string contentType = "application/json") =>
        Post(path, Encoding.UTF8.GetBytes(body), contentType);

    /// <summary>Posts bytes.</summary>
    public async Task<HttpResponseMessage> Post(string path, byte[] body, string contentType = "application/json", string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.ExpectContinue = body.Length > Large;
        return await Http.SendAsync(request);
    }

    /// <summary>Waits until so many lines have come through the broker.</summary>
    public Task<IReadOnlyList<LogLine>> Lines(int count) => Await.Until(() => Task.FromResult(Received.Lines), lines => lines.Count >= count,
        $"{count} lines have come");

    /// <summary>Has the broker be away: within the process that is the table in which its messages wait.</summary>
    public async Task<IAsyncDisposable> BrokerAway()
    {
        await Execute("alter table outbox rename to outbox_away");
        return new Back(() => Execute("alter table outbox_away rename to outbox"));
    }

    /// <summary>How many bodies are kept that nobody understood.</summary>
    public async Task<int> Malformed()
    {
        await using var db = await Services.GetRequiredService<Database>().Begin(Ct);
        return (await db.Query<int>("select count(*) from gateway_intake where state = 'malformed'", null, Ct)).Single();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*"))
            File.Delete(file);
    }

    async Task Execute(string sql)
    {
        await using var db = await Services.GetRequiredService<Database>().Begin(Ct);
        await db.Execute(sql, null, Ct);
        await db.Commit(Ct);
    }

    sealed class Back(Func<Task> bring) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await bring();
    }
}

/// <summary>The lines and beats that came through the broker.</summary>
internal sealed class ReceivedNews
{
    readonly ConcurrentQueue<LogLine> _lines = [];
    readonly ConcurrentQueue<Beat> _beats = [];
    readonly ConcurrentQueue<string> _sources = [];

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public IReadOnlyList<Beat> Beats => [.. _beats];

    public IReadOnlyList<string> Sources => [.. _sources];

    internal sealed class NewsConsumer(ReceivedNews received) : IConsumer<LogBatch>, IConsumer<BeatsReported>
    {
        public Task Consume(ConsumeContext<LogBatch> context)
        {
            received._sources.Enqueue(context.Message.Source);
            foreach (var line in context.Message.Lines)
                received._lines.Enqueue(line);
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<BeatsReported> context)
        {
            foreach (var beat in context.Message.Beats)
                received._beats.Enqueue(beat);
            return Task.CompletedTask;
        }
    }
}
