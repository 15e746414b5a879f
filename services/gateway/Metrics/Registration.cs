using Sigma.Gateway.Metrics.LineProtocol;
using Sigma.Gateway.Metrics.Otlp;
using Sigma.Gateway.Metrics.PushGateway;
using Sigma.Gateway.Metrics.RemoteWrite;
using Sigma.Hosting;
using Sigma.Hosting.Limits;

namespace Sigma.Gateway.Metrics;

internal static class Registration
{
    // Packed; what it unpacks to has a limit of its own.
    static readonly EndpointLimits Limits = new(16 * 1024 * 1024, TimeSpan.FromSeconds(30), Requests: 32);

    /// <summary>The ways in for samples.</summary>
    public static ServiceBuilder AddMetrics(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SeriesCache>().AddSingleton<SamplesIntake>().AddSingleton<RemoteWriteEndpoint>()
            .AddSingleton<OtlpMetricsEndpoint>().AddSingleton<LineProtocolEndpoint>().AddSingleton<PushGatewayEndpoint>();
        return service.Endpoints(Map);
    }

    static void Map(IEndpointRouteBuilder app)
    {
        foreach (var path in (string[])["/api/v1/write", "/api/v1/push"])
            app.MapPost(path, (HttpContext http, RemoteWriteEndpoint endpoint) => endpoint.Handle(http)).WithLimits(Limits);
        foreach (var path in (string[])["/v1/metrics", "/otlp/v1/metrics", "/api/v1/otlp/v1/metrics"])
            app.MapPost(path, (HttpContext http, OtlpMetricsEndpoint endpoint) => endpoint.Handle(http)).WithLimits(Limits);
        app.MapPost("/write", (HttpContext http, LineProtocolEndpoint endpoint) => endpoint.Write(http)).WithLimits(Limits);
        app.MapPost("/api/v2/write", (HttpContext http, LineProtocolEndpoint endpoint) => endpoint.WriteVersion2(http)).WithLimits(Limits);
        app.MapMethods("/ping", ["GET", "HEAD"], (HttpContext http, LineProtocolEndpoint endpoint) => endpoint.Ping(http));
        app.MapMethods("/query", ["GET", "POST"], (HttpContext http, LineProtocolEndpoint endpoint) => endpoint.Query(http));
        app.MapMethods("/metrics/{**labels}", ["PUT", "POST", "DELETE"], (HttpContext http, string labels, PushGatewayEndpoint endpoint) =>
            endpoint.Handle(http, labels)).WithLimits(Limits);
    }
}
