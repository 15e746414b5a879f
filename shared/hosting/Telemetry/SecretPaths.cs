using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Sigma.Hosting.Telemetry;

/// <summary>
/// Addresses in which a sender shows its key: they let in whoever reads them, so no span has more of them than their first part, nor a query.
/// </summary>
internal static class SecretPaths
{
    static readonly string[] Secret = ["/in", "/ping", "/metrics/job", "/replies", "/v2"];

    /// <summary>Takes the key out of the span of a request.</summary>
    public static void Mask(Activity span, HttpResponse response)
    {
        var path = response.HttpContext.Request.Path;
        if (Array.Find(Secret, first => path.StartsWithSegments(first)) is not { } known)
            return;
        span.SetTag("url.path", $"{known}/…").SetTag("url.query", null);
    }
}
