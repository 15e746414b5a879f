using Sigma.Hosting.Api;

namespace Sigma.OperatorConsole.Access.Http;

/// <summary>
/// Refuses what another site has a browser do here: a form that is sent, a circuit that is opened. Forms have a token besides; a circuit has none,
/// and who is signed in by the place where they sit has no cookie that a browser would keep back.
/// </summary>
internal static class SameOrigin
{
    public static Task Check(HttpContext http, RequestDelegate next)
    {
        if (ConsoleEndpoints.IsAnothers(http) || http.Request.Path.StartsWithSegments(AccessPaths.OpenIdCallback))
            return next(http);
        var changes = !IsSafe(http.Request.Method) || AccessPaths.IsCircuit(http.Request.Path);
        if (changes && http.User.Identity?.AuthenticationType != AccessSchemes.Bearer && IsCrossSite(http.Request))
            return Problems.Of(StatusCodes.Status403Forbidden, "Another site asks for this.").ExecuteAsync(http);
        // The API is for programs, whose token no browser sends by itself. Pages may read by it, not change.
        if (!IsSafe(http.Request.Method) && AccessPaths.IsApi(http.Request.Path) && http.User.Identity is { IsAuthenticated: true } identity
            && identity.AuthenticationType != AccessSchemes.Bearer)
            return Problems.Of(StatusCodes.Status403Forbidden, "The API changes something only for who has a token.").ExecuteAsync(http);
        return next(http);
    }

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    static bool IsCrossSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site]
        ? site is not ("same-origin" or "none")
        : request.Headers.Origin is [{ Length: > 0 } origin] && !IsOurs(origin, request);

    static bool IsOurs(string origin, HttpRequest request) => Uri.TryCreate(origin, UriKind.Absolute, out var address)
        && string.Equals(address.Authority, new Uri($"{address.Scheme}://{request.Host.Value}").Authority, StringComparison.OrdinalIgnoreCase);
}
