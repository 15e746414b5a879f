using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Sigma.Hosting.Telemetry;

/// <summary>Sends traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
internal static class OpenTelemetryStart
{
    // Sources of ours are named Sigma.Fetcher, Sigma.Evaluator …; the others are built into the libraries.
    static readonly string[] Sources = ["Sigma.*", "MassTransit", "Microsoft.AspNetCore", "System.Net.Http"];
    internal static readonly string[] Meters = ["Sigma.*", "MassTransit", "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime"];

    public static void Add(WebApplicationBuilder app, string service)
    {
        if (string.IsNullOrEmpty(app.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        var resource = ResourceBuilder.CreateDefault().AddService("sigma-" + service, serviceInstanceId: Environment.MachineName);
        app.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(resource);
            logs.AddOtlpExporter();
        });
        var sdk = OpenTelemetrySdk.Create(open => open
            .ConfigureResource(r => r.AddService("sigma-" + service, serviceInstanceId: Environment.MachineName))
            .WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter()));
        app.Services.AddSingleton(_ => sdk); // a factory, so that the container disposes it and what is buffered goes out
        app.Services.AddHostedService<FlushAtStop>();
    }

    sealed class FlushAtStop(OpenTelemetrySdk sdk) : Microsoft.Extensions.Hosting.IHostedService
    {
        public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

        public Task StopAsync(CancellationToken ct)
        {
            sdk.TracerProvider.ForceFlush(2000);
            sdk.MeterProvider.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
