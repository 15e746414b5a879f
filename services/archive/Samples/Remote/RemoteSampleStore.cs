using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Polly;
using Sigma.Hosting.Http;

namespace Sigma.Archive.Samples.Remote;

/// <summary>
/// Hands samples on by remote write 1.0, one message after the other. A server that is away or asks to wait is tried again for as long as it takes;
/// what it refuses for good is found by halves, dropped, counted and told, and the rest of the message is kept.
/// </summary>
internal sealed class RemoteSampleStore : ISampleStore
{
    // Of one message: what is refused beyond them is dropped in larger parts.
    const int MostHalvings = 200;

    readonly HttpClient _client;
    readonly ResiliencePipeline _pipeline;
    readonly SampleOptions _options;
    readonly RemoteSampleSearch _search;
    readonly TimeProvider _time;
    readonly ILogger<RemoteSampleStore> _log;

    public RemoteSampleStore(ApiClients clients, RemoteSampleSearch search, IOptions<ArchiveOptions> options, TimeProvider time,
        ILogger<RemoteSampleStore> log)
    {
        _options = options.Value.Samples;
        _search = search;
        _time = time;
        _log = log;
        _client = clients.Create("archive-remote-write", new ApiClientSettings
        {
            CaFile = _options.CaFile, Refused = reason => log.LogError("Remote write: {Reason}", reason), FollowRedirects = false,
        });
        _pipeline = ApiPipeline.Create(_options.Resilience, time, retry: false);
    }

    public async Task Store(SamplesToStore batch, CancellationToken ct)
    {
        var halvings = MostHalvings;
        var dropped = await Send(WriteRequest.Series(batch.Samples));
        ArchiveTelemetry.SamplesStored.Add(batch.Samples.Count - dropped);
        ArchiveTelemetry.SamplesDropped.Add(dropped, new KeyValuePair<string, object?>("reason", "refused"));

        async Task<int> Send(IReadOnlyList<RemoteSeries> series)
        {
            if (await Post(series, ct) is not { } refusal)
                return 0;
            if (Halves(series) is var (one, other) && halvings-- > 0)
                return await Send(one) + await Send(other);
            var samples = series.Sum(s => s.Points.Count);
            _log.LogWarning("{Samples} samples of {Series} are dropped, for the server refuses them: {Reason}", samples, NameOf(series[0]), refusal);
            return samples;
        }
    }

    public Task<SeriesFound> Series(SeriesFilter filter, TimeRange range, SeriesName? after, int limit, CancellationToken ct) =>
        _search.Series(filter, range, after, limit, ct);

    public Task<SamplesFound> Samples(SeriesFilter filter, TimeRange range, long step, int series, CancellationToken ct) =>
        _search.Samples(filter, range, step, series, ct);

    /// <summary>Returns why it is refused for good; null when it is taken. Everything else throws, and the message is tried again.</summary>
    async Task<string?> Post(IReadOnlyList<RemoteSeries> series, CancellationToken ct)
    {
        var body = WriteRequest.Body(series);
        try
        {
            await _pipeline.ExecuteAsync(async token =>
            {
                using HttpRequestMessage request = new(HttpMethod.Post, _options.RemoteWrite) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                request.Content.Headers.ContentEncoding.Add("snappy");
                request.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
                if (_options.Authorization.Length > 0)
                    request.Headers.TryAddWithoutValidation("Authorization", _options.Authorization);
                using var response = await _client.SendAsync(request, token);
                if (!response.IsSuccessStatusCode)
                    throw await ApiException.From(response, _options.Resilience, _time, token, _options.Authorization);
            }, ct);
            return null;
        }
        catch (ApiException e) when (IsFinal(e))
        {
            return e.Message;
        }
        catch (ApiException e) when (e.RetryAfter is { } wait)
        {
            await Task.Delay(wait, _time, ct);
            throw;
        }
    }

    // A key that is wrong, or an address that is, can be put right: nothing is lost meanwhile.
    static bool IsFinal(ApiException e) => !e.IsTransient
        && e.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed);

    static (IReadOnlyList<RemoteSeries>, IReadOnlyList<RemoteSeries>)? Halves(IReadOnlyList<RemoteSeries> series)
    {
        if (series.Count > 1)
            return ([.. series.Take(series.Count / 2)], [.. series.Skip(series.Count / 2)]);
        var (labels, points) = series[0];
        return points.Count > 1
            ? ([new(labels, [.. points.Take(points.Count / 2)])], [new(labels, [.. points.Skip(points.Count / 2)])]) : null;
    }

    static string NameOf(RemoteSeries series) => $"{{{string.Join(",", series.Labels.Select(label => $"{label.Key}=\"{label.Value}\""))}}}";
}
