using Scalar.AspNetCore;

namespace Sigma.OperatorConsole.Access.Http;

/// <summary>The headers of the console's answers that keep a browser from doing what a page did not mean.</summary>
internal static class ResponseHeaders
{
    public static Task Set(HttpContext http, RequestDelegate next)
    {
        if (!ConsoleEndpoints.IsAnothers(http))
            http.Response.OnStarting(Set, http);
        return next(http);
    }

    // When the answer begins: whoever clears an answer to say that it failed does not clear these.
    static Task Set(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        var policy = http.GetEndpoint()?.Metadata.GetMetadata<ContentPolicy>() ?? ContentPolicy.Strict;
        headers.ContentSecurityPolicy = http.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce
            ? policy.Value.Replace(ContentPolicy.Nonce, nonce, StringComparison.Ordinal) : policy.Value;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // not no-referrer: forms would then say that they come from nowhere
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (!AccessPaths.IsAsset(http.Request.Path))
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
