using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sigma.IntegrationTests.Telemetry;

/// <summary>Takes what services send over OTLP (http/protobuf) and keeps the spans; or takes it and never answers.</summary>
internal sealed class Collector : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    readonly CancellationTokenSource _end = new();
    int _requests;

    Collector(WebApplication app) => _app = app;

    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    public int Requests => Volatile.Read(ref _requests);

    public static async Task<Collector> Start(bool hangs = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Collector collector = new(builder.Build());
        collector._app.Run(async context =>
        {
            Interlocked.Increment(ref collector._requests);
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body);
            if (hangs)
                await Task.Delay(Timeout.Infinite, collector._end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (context.Request.Path == "/v1/traces")
                foreach (var span in ReceivedSpan.Of(body.ToArray()))
                    collector._spans.Enqueue(span);
            context.Response.ContentType = "application/x-protobuf"; // an empty answer: all is taken
        });
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>What a service needs in its environment to send here, soon.</summary>
    public (string Name, string Value)[] Environment => At(_app.Urls.First());

    public static (string Name, string Value)[] At(string address) =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("LOG_FORMAT", "json")];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.DisposeAsync();
        _end.Dispose();
    }
}
