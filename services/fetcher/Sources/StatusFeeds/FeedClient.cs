using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Sigma.Hosting.Http;
using Sigma.Hosting.Time;

namespace Sigma.Fetcher.Sources.StatusFeeds;

/// <summary>Asks for a feed, and only for what has changed where its server can tell.</summary>
internal sealed class FeedClient(HttpClient http, Uri address, ApiResilience patience, TimeProvider time)
{
    const long Largest = 16 << 20;

    readonly ResiliencePipeline _calls = ApiPipeline.Create(patience, SteadyTime.OfMachine);

    /// <summary>The body, with what to ask by the next time; without a body when nothing has changed.</summary>
    /// <exception cref="ApiException">Any other answer than 2xx or 304.</exception>
    public async Task<FeedAnswer> Get(FeedTag? known, CancellationToken ct) => await _calls.ExecuteAsync(async token =>
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Accept.Add(new("application/rss+xml"));
        request.Headers.Accept.Add(new("*/*", 0.5));
        request.Headers.UserAgent.Add(new("sigma-fetcher", "1.0"));
        if (known?.ETag is { } tag && EntityTagHeaderValue.TryParse(tag, out var parsed))
            request.Headers.IfNoneMatch.Add(parsed);
        if (known?.LastModified is { } modified)
            request.Headers.IfModifiedSince = modified;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
            return new FeedAnswer(null, known);
        if (!response.IsSuccessStatusCode)
            throw await ApiException.From(response, patience, time, token);
        await using var body = new BoundedBody(await response.Content.ReadAsStreamAsync(token), Largest,
            () => new InvalidDataException($"an answer of more than {Largest >> 20} MB"));
        using MemoryStream read = new();
        await body.CopyToAsync(read, token);
        return new FeedAnswer(read.ToArray(), new(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified));
    }, ct);
}

/// <summary>By what a server knows which body we have.</summary>
internal sealed record FeedTag(string? ETag, DateTimeOffset? LastModified)
{
    /// <summary>As it was remembered; null when nothing that can be read was.</summary>
    public static FeedTag? Of(string? note)
    {
        try
        {
            return note is null ? null : JsonSerializer.Deserialize<FeedTag>(note) is { ETag: null, LastModified: null } ? null
                : JsonSerializer.Deserialize<FeedTag>(note);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>To be remembered.</summary>
    public string ToNote() => JsonSerializer.Serialize(this);
}

/// <summary>What a server answered.</summary>
/// <param name="Body">Null when nothing has changed.</param>
/// <param name="Tag">For the next time.</param>
internal sealed record FeedAnswer(byte[]? Body, FeedTag Tag);
