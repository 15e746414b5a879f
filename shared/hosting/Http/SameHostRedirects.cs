using System.Net;

namespace Sigma.Hosting.Http;

/// <summary>
/// Follows redirects that stay on the API's own host, with the token and, where the status says so, with the body. Any other redirect is the answer
/// itself: a login page or a page of maintenance must not be taken for the API, nor get its token.
/// </summary>
internal sealed class SameHostRedirects(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    const int MostOfGet = 5, MostOfOthers = 2;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var response = await base.SendAsync(request, ct);
        var most = request.Method == HttpMethod.Get ? MostOfGet : MostOfOthers;
        for (var followed = 0; followed < most && Next(request, response) is { } next; followed++)
        {
            response.Dispose();
            request.RequestUri = next;
            response = await base.SendAsync(request, ct);
        }
        return response;
    }

    static Uri? Next(HttpRequestMessage request, HttpResponseMessage response)
    {
        var keepsTheBody = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        var asksAgain = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther;
        if (!keepsTheBody && !(asksAgain && request.Method == HttpMethod.Get))
            return null;
        return RedirectTarget.Of(response) is { } target && IsSameHost(request.RequestUri!, target) ? target : null;
    }

    static bool IsSameHost(Uri from, Uri to) => string.Equals(from.IdnHost, to.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((from.Scheme == to.Scheme && from.Port == to.Port) || (from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps));
}

/// <summary>Where a redirect points.</summary>
internal static class RedirectTarget
{
    const UriComponents Told = UriComponents.Scheme | UriComponents.HostAndPort | UriComponents.Path;

    /// <summary>The whole address; null when the answer is no redirect or names none that can be read.</summary>
    public static Uri? Of(HttpResponseMessage response) =>
        (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location && response.RequestMessage?.RequestUri is { } from
            && Uri.TryCreate(from, location, out var target) && target.Scheme is "http" or "https" ? target : null;

    /// <summary>For people: host and path. What follows them may be a secret.</summary>
    public static string Text(HttpResponseMessage response) =>
        Of(response) is { } target ? $"it points to {target.GetComponents(Told, UriFormat.UriEscaped)}, which is not followed" : "it points nowhere";
}
