using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sigma.Hosting.Limits;

/// <summary>What holds before it is known which endpoint a request is for. All else is each endpoint's: <see cref="EndpointLimits"/>.</summary>
internal static class ServerLimits
{
    // Open files are bounded too; an endpoint's own limit is far below this.
    const int Connections = 2_000;

    public static void Set(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxConcurrentConnections = limits.MaxConcurrentUpgradedConnections = Connections;
        limits.MaxRequestBodySize = EndpointLimits.SmallBody; // of what no endpoint takes, or one without limits of its own
        limits.MaxRequestBufferSize = EndpointLimits.SmallBody; // what is read ahead, no limit to a body
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 50;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.Http2.MaxStreamsPerConnection = 20;
    }
}
