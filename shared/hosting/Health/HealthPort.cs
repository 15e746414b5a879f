using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sigma.Hosting.Health;

/// <summary>Small questions, small answers: whoever can reach the port cannot make the service hold much for them, or hold on to them for long.</summary>
internal static class HealthPort
{
    public const int LargestRequest = 64 * 1024;

    public static void Limit(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxConcurrentConnections = limits.MaxConcurrentUpgradedConnections = 200;
        limits.MaxRequestBodySize = LargestRequest;
        limits.MaxRequestBufferSize = LargestRequest;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 50;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.Http2.MaxStreamsPerConnection = 20;
    }
}
