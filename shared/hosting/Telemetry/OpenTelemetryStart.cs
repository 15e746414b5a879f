using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Sigma.Hosting.Telemetry;

/// <summary>
/// Sends traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. The other standard variables count too,
/// <c>OTEL_TRACES_SAMPLER</c> among them.
/// </summary>
internal static class OpenTelemetryStart
{
    // Sources of ours are named Sigma.Fetcher, Sigma.Evaluator …
    static readonly string[] Sources = ["Sigma.*", "MassTransit"];
    internal static readonly string[] Meters = ["Sigma.*", "MassTransit", "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime"];

    public static void Add(WebApplicationBuilder app, string service)
    {
        app.Services.AddHostedService<TraceIds>();
        if (string.IsNullOrEmpty(app.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        app.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("sigma-" + service, serviceInstanceId: Environment.MachineName))
            .WithTracing(
                tracing => tracing.AddSource(Sources).AddHttpClientInstrumentation().AddAspNetCoreInstrumentation(http =>
                    {
                        http.Filter = IsNoProbe;
                        http.EnrichWithHttpResponse = SecretPaths.Mask;
                    })
                    .AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter())
            .WithLogging(logs => logs.AddOtlpExporter(), options => options.IncludeFormattedMessage = true);
        app.Services.AddHostedService<TelemetryFlush>();
    }

    static bool IsNoProbe(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/metrics");

    /// <summary>
    /// Flushes buffered telemetry after everything else has stopped, within a time-out: disposing the SDK would wait for a collector that hangs.
    /// </summary>
    sealed class TelemetryFlush(TracerProvider traces, MeterProvider metrics, LoggerProvider logs) : IHostedLifecycleService
    {
        const int Milliseconds = 1500;

        public Task StoppedAsync(CancellationToken ct) => Task.WhenAll(
            Task.Run(() => traces.Shutdown(Milliseconds), CancellationToken.None),
            Task.Run(() => metrics.Shutdown(Milliseconds), CancellationToken.None),
            Task.Run(() => logs.Shutdown(Milliseconds), CancellationToken.None));

        public Task StartingAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StartAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StartedAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StoppingAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
