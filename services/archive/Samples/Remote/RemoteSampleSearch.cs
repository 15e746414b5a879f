using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Sigma.Hosting.Http;

namespace Sigma.Archive.Samples.Remote;

/// <summary>Asks series and samples back of the server they were handed on to, by Prometheus' HTTP API.</summary>
internal sealed class RemoteSampleSearch
{
    const long LargestAnswer = 64 * 1024 * 1024;

    readonly HttpClient _client;
    readonly ResiliencePipeline _pipeline;
    readonly SampleOptions _options;
    readonly TimeProvider _time;

    public RemoteSampleSearch(ApiClients clients, IOptions<ArchiveOptions> options, TimeProvider time, ILogger<RemoteSampleSearch> log)
    {
        _options = options.Value.Samples;
        _time = time;
        _client = clients.Create("archive-query", new ApiClientSettings
        {
            CaFile = _options.CaFile, Refused = reason => log.LogError("Questions for samples: {Reason}", reason),
        });
        _pipeline = ApiPipeline.Create(_options.Resilience, time, retry: false);
    }

    public async Task<SeriesFound> Series(SeriesFilter filter, TimeRange range, SeriesName? after, int limit, CancellationToken ct)
    {
        var data = await Ask("series", [("match[]", Selector(filter)), ("start", Seconds(range.From)), ("end", Seconds(range.To))], ct);
        List<SeriesName> found = [.. data.EnumerateArray().Select(NameOf).Where(series => after is null || series.CompareTo(after) > 0).Order()
            .Take(limit + 1)];
        return new SeriesFound([.. found.Take(limit)], found.Count > limit);
    }

    public async Task<SamplesFound> Samples(SeriesFilter filter, TimeRange range, long step, int most, CancellationToken ct)
    {
        var known = await Series(filter, range, null, most, ct);
        List<SeriesSteps> answers = [];
        foreach (var series in known.Series)
        {
            // The average of what came within each step; a point is at its end, and ours at its beginning.
            var data = await Ask("query_range",
            [
                ("query", $"avg_over_time({Selector(series)}[{step}ms])"), ("start", Seconds(range.From + step)),
                ("end", Seconds(range.To + step - 1)), ("step", Seconds(step)),
            ], ct);
            foreach (var matrix in data.GetProperty("result").EnumerateArray())
                answers.Add(new SeriesSteps(series, [.. matrix.GetProperty("values").EnumerateArray()
                    .Select(value => (At: (long)Math.Round(value[0].GetDouble() * 1000) - step, Value: Number(value[1].GetString()!)))
                    .Where(point => double.IsFinite(point.Value)).Select(point => new SeriesStep(point.At, point.Value, null, null, null))]));
        }
        return new SamplesFound(answers, known.HasMore);
    }

    async Task<JsonElement> Ask(string what, IEnumerable<(string Name, string Value)> parameters, CancellationToken ct)
    {
        if (_options.Query.Length == 0)
            throw new InvalidOperationException("Archive__Samples__Query is not set, so samples that were handed on cannot be asked back.");
        var address = new StringBuilder($"{_options.Query.TrimEnd('/')}/api/v1/{what}?")
            .AppendJoin('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}")).ToString();
        return await _pipeline.ExecuteAsync(async token =>
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            if (_options.Authorization.Length > 0)
                request.Headers.TryAddWithoutValidation("Authorization", _options.Authorization);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            if (!response.IsSuccessStatusCode)
                throw await ApiException.From(response, _options.Resilience, _time, token, _options.Authorization);
            await using BoundedBody body = new(await response.Content.ReadAsStreamAsync(token), LargestAnswer,
                () => new ApiException($"the answer is longer than {LargestAnswer} bytes"));
            using var answer = await JsonDocument.ParseAsync(body, cancellationToken: token);
            return answer.RootElement.GetProperty("data").Clone();
        }, ct);
    }

    static SeriesName NameOf(JsonElement series)
    {
        var labels = series.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!);
        labels.Remove("__name__", out var name);
        return SeriesName.Of(name ?? "", labels);
    }

    static string Selector(SeriesName series) => Selector(new SeriesFilter(series.Name, IsPrefix: false, series.Labels));

    static string Selector(SeriesFilter filter)
    {
        List<string> matchers = [];
        if (filter.Name is { } name)
            matchers.Add(filter.IsPrefix ? $"__name__=~{Quoted(WriteRequest.NameOf(name + "_", isMetric: true)[..^1] + ".*")}"
                : $"__name__={Quoted(WriteRequest.NameOf(name, isMetric: true))}");
        foreach (var (label, value) in filter.Labels)
            matchers.Add($"{WriteRequest.NameOf(label, isMetric: false)}={Quoted(value)}");
        if (matchers.Count == 0)
            matchers.Add("__name__=~\".+\"");
        return $"{{{string.Join(',', matchers)}}}";
    }

    static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";

    static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN,
    };

    static string Seconds(long milliseconds) => (milliseconds / 1000.0).ToString(CultureInfo.InvariantCulture);
}
