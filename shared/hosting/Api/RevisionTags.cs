using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Sigma.Hosting.Api;

/// <summary>
/// Revisions as entity tags, so that no change is lost: <c>If-Match: "7"</c> changes what is still by revision 7, <c>If-None-Match: *</c> makes what
/// is not there yet.
/// </summary>
public static class RevisionTags
{
    /// <summary>Says by which revision the answer is so.</summary>
    public static void SetRevision(this HttpResponse response, long revision) =>
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    /// <summary>The revision by which it must still be so: 0 when it must not be there yet; null when it does not matter.</summary>
    /// <exception cref="BadHttpRequestException">The headers say something else.</exception>
    public static long? ExpectedRevision(this HttpRequest request)
    {
        var headers = request.GetTypedHeaders();
        return (headers.IfMatch, headers.IfNoneMatch) switch
        {
            ([], []) when request.Headers.IfMatch.Count + request.Headers.IfNoneMatch.Count == 0 => null,
            ([var tag], []) when Revision(tag) is { } revision => revision,
            ([], [var any]) when any.Equals(EntityTagHeaderValue.Any) => 0,
            _ => throw new BadHttpRequestException("If-Match takes one revision, as \"7\", and If-None-Match only *."),
        };
    }

    static long? Revision(EntityTagHeaderValue tag) =>
        !tag.IsWeak && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
}
