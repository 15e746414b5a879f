using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Sigma.Hosting.Telemetry;

/// <summary>
/// Sends traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. The other standard variables count too, <c>OTEL_TRACES_SAMPLER</c> among them.
/// </summary>
internal static class OpenTelemetryStart
{
    // Sources of ours are named Sigma.Fetcher, Sigma.Evaluator …; the others are built into the libraries. ASP.NET Core's is left out: it would tell of health probes.
    static readonly string[] Sources = ["Sigma.*", "MassTransit", "System.Net.Http"];
    internal static readonly string[] Meters = ["Sigma.*", "MassTransit", "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime"];

    public static void Add(WebApplicationBuilder app, string service)
    {
        app.Services.AddHostedService<TraceIds>();
        if (string.IsNullOrEmpty(app.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        var resource = ResourceBuilder.CreateDefault().AddService("sigma-" + service, serviceInstanceId: Environment.MachineName);
        app.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(resource);
            logs.AddOtlpExporter();
        });
        var sdk = OpenTelemetrySdk.Create(open =>
        {
            open.Services.AddSingleton<IConfiguration>(app.Configuration); // else it sees the environment alone
            open.ConfigureResource(r => r.AddService("sigma-" + service, serviceInstanceId: Environment.MachineName))
                .WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter())
                .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
        });
        app.Services.AddSingleton(_ => sdk); // a factory, so that the container disposes it
        app.Services.AddHostedService<LastWords>();
    }

    /// <summary>What is buffered goes out when all else has stopped, within a limit: a collector that hangs must not hold up the process, as disposing the SDK would.</summary>
    sealed class LastWords(OpenTelemetrySdk sdk, LoggerProvider logs) : IHostedLifecycleService
    {
        const int Milliseconds = 1500;

        public Task StoppedAsync(CancellationToken ct) => Task.WhenAll(
            Task.Run(() => sdk.TracerProvider.Shutdown(Milliseconds), CancellationToken.None),
            Task.Run(() => sdk.MeterProvider.Shutdown(Milliseconds), CancellationToken.None),
            Task.Run(() => logs.Shutdown(Milliseconds), CancellationToken.None));

        public Task StartingAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StartAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StartedAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StoppingAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
