using Microsoft.Extensions.Options;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Logs.Elasticsearch;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Logs.Loki;
using Sigma.Gateway.Logs.OpenTelemetry;
using Sigma.Gateway.Logs.Plain;
using Sigma.Gateway.Logs.Splunk;
using Sigma.Gateway.Logs.Syslog;
using Sigma.Hosting;
using Sigma.Hosting.Limits;

namespace Sigma.Gateway.Logs;

internal static class Registration
{
    // Longer than the broker may take, shorter than senders wait.
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The ways in for log lines.</summary>
    public static ServiceBuilder AddLogs(this ServiceBuilder service)
    {
        service.Services.AddSingleton<LogsTelemetry>().AddSingleton<LogIntake>()
            .AddSingleton(provider => new KnownFields(provider.GetRequiredService<IOptions<GatewayOptions>>().Value.Logs))
            .AddSingleton<LokiEndpoint>().AddSingleton<OtlpLogsEndpoint>().AddSingleton<SplunkEndpoint>()
            .AddSingleton<BulkEndpoint>().AddSingleton<ClusterEndpoints>().AddSingleton<RememberedIds>()
            .AddSingleton<INamedIntake, PlainLogIntake>()
            .AddSingleton<SyslogSenders>().AddSingleton<SyslogIntake>().AddSingleton<SyslogListening>()
            .AddSingleton<SyslogListeners>().AddHostedService(provider => provider.GetRequiredService<SyslogListeners>());
        return service.Endpoints(Map);
    }

    static void Map(IEndpointRouteBuilder app)
    {
        var options = app.ServiceProvider.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var limits = new EndpointLimits(options.Limits.LargestBatch, Timeout, options.Logs.Requests);
        foreach (var path in (string[])["/loki/api/v1/push", "/api/prom/push"])
            app.MapPost(path, (HttpContext http, LokiEndpoint endpoint) => endpoint.Push(http)).WithLimits(limits);
        app.MapGet("/ready", () => "ready\n");
        foreach (var path in (string[])["/v1/logs", "/otlp/v1/logs"])
            app.MapPost(path, (HttpContext http, OtlpLogsEndpoint endpoint) => endpoint.Export(http)).WithLimits(limits);
        foreach (var path in (string[])["/v1/traces", "/otlp/v1/traces"])
            app.MapPost(path, OtlpLogsEndpoint.RefuseTraces);
        MapSplunk(app, limits);
        // Below a path of its own too: in the standalone host "/" is the console's.
        foreach (var path in (string[])["", "/elasticsearch"])
            MapElasticsearch(app.MapGroup(path), limits);
    }

    static void MapSplunk(IEndpointRouteBuilder app, EndpointLimits limits)
    {
        foreach (var path in (string[])["", "/event", "/event/1.0"])
            app.MapPost("/services/collector" + path, (HttpContext http, SplunkEndpoint endpoint) => endpoint.Events(http)).WithLimits(limits);
        foreach (var path in (string[])["/raw", "/raw/1.0"])
            app.MapPost("/services/collector" + path, (HttpContext http, SplunkEndpoint endpoint) => endpoint.Raw(http)).WithLimits(limits);
        foreach (var path in (string[])["/ack", "/ack/1.0"])
            app.MapPost("/services/collector" + path, (HttpContext http, SplunkEndpoint endpoint) => endpoint.Acknowledge(http));
        foreach (var path in (string[])["/health", "/health/1.0"])
            app.MapGet("/services/collector" + path, SplunkEndpoint.Health);
    }

    static void MapElasticsearch(IEndpointRouteBuilder app, EndpointLimits limits)
    {
        app.MapMethods("/_bulk", ["POST", "PUT"], (HttpContext http, BulkEndpoint endpoint) => endpoint.Handle(http, null)).WithLimits(limits);
        app.MapMethods("/{index}/_bulk", ["POST", "PUT"], (HttpContext http, string index, BulkEndpoint endpoint) => endpoint.Handle(http, index))
            .WithLimits(limits);
        app.MapMethods("/{index}/{type}/_bulk", ["POST", "PUT"],
            (HttpContext http, string index, BulkEndpoint endpoint) => endpoint.Handle(http, index)).WithLimits(limits);
        app.ServiceProvider.GetRequiredService<ClusterEndpoints>().Map(app);
    }
}
