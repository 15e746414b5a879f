using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Sigma.Hosting.Limits;

namespace Sigma.OperatorConsole.Assets;

/// <summary><c>GET /assets/FILE</c>: what the pages load. It is for everybody, as the sign-in page is.</summary>
internal static class AssetsEndpoint
{
    static readonly EndpointLimits Limits = EndpointLimits.Small with { Requests = 500 };

    public static void Map(IEndpointRouteBuilder app) => app.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], Show)
        .AllowAnonymous().WithLimits(Limits).ExcludeFromDescription();

    static Results<NotFound, StatusCodeHttpResult, FileContentHttpResult> Show(string name, string? v, HttpContext http)
    {
        if (AssetFile.Find(name) is not { } file)
            return TypedResults.NotFound();
        var headers = http.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = v == file.Version ? "public, max-age=31536000, immutable" : "no-cache";
        var (encoding, content) = Encoded(file, http.Request);
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        // An entity tag is of the bytes that are sent.
        return TypedResults.File(content, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.Version}{encoding}\""));
    }

    static (string? Encoding, byte[] Content) Encoded(AssetFile file, HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        if (Takes("br"))
            return ("br", file.Brotli);
        return Takes("gzip") ? ("gzip", file.Gzip) : (null, file.Plain);

        bool Takes(string encoding) => accepted.Any(a => a.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);
    }
}
