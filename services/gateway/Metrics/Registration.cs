using Microsoft.Extensions.Options;
using Sigma.Gateway.Metrics.LineProtocol;
using Sigma.Gateway.Metrics.Otlp;
using Sigma.Gateway.Metrics.PushGateway;
using Sigma.Gateway.Metrics.RemoteWrite;
using Sigma.Hosting;
using Sigma.Hosting.Limits;

namespace Sigma.Gateway.Metrics;

internal static class Registration
{
    // What is in hand at once is bounded by its bytes, at the door.
    const int Requests = 1000;

    static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <summary>The ways in for samples.</summary>
    public static ServiceBuilder AddMetrics(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SeriesCache>().AddSingleton<SamplesIntake>().AddSingleton<RemoteWriteEndpoint>()
            .AddSingleton<OtlpMetricsEndpoint>().AddSingleton<LineProtocolEndpoint>().AddSingleton<PushGatewayEndpoint>();
        return service.Endpoints(Map);
    }

    static void Map(IEndpointRouteBuilder app)
    {
        EndpointLimits limits = new(app.ServiceProvider.GetRequiredService<IOptions<GatewayOptions>>().Value.Limits.LargestBatch, Within, Requests);
        foreach (var path in (string[])["/api/v1/write", "/api/v1/push"])
            app.MapPost(path, (HttpContext http, RemoteWriteEndpoint endpoint) => endpoint.Handle(http)).WithLimits(limits);
        foreach (var path in (string[])["/v1/metrics", "/otlp/v1/metrics", "/api/v1/otlp/v1/metrics"])
            app.MapPost(path, (HttpContext http, OtlpMetricsEndpoint endpoint) => endpoint.Handle(http)).WithLimits(limits);
        app.MapPost("/write", (HttpContext http, LineProtocolEndpoint endpoint) => endpoint.Write(http)).WithLimits(limits);
        app.MapPost("/api/v2/write", (HttpContext http, LineProtocolEndpoint endpoint) => endpoint.WriteVersion2(http)).WithLimits(limits);
        app.MapMethods("/ping", ["GET", "HEAD"], (HttpContext http, LineProtocolEndpoint endpoint) => endpoint.Ping(http));
        app.MapMethods("/query", ["GET", "POST"], (HttpContext http, LineProtocolEndpoint endpoint) => endpoint.Query(http));
        app.MapMethods("/metrics/{**labels}", ["PUT", "POST", "DELETE"], (HttpContext http, string labels, PushGatewayEndpoint endpoint) =>
            endpoint.Handle(http, labels)).WithLimits(limits);
    }
}
