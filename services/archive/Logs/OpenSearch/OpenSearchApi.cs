using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Polly;
using Sigma.Hosting.Http;

namespace Sigma.Archive.Logs.OpenSearch;

/// <summary>The few calls of OpenSearch's API that the archive needs.</summary>
internal sealed class OpenSearchApi
{
    const long LargestAnswer = 256 * 1024 * 1024;

    readonly HttpClient _client;
    readonly ResiliencePipeline _pipeline;
    readonly OpenSearchOptions _options;
    readonly TimeProvider _time;

    public OpenSearchApi(ApiClients clients, IOptions<ArchiveOptions> options, TimeProvider time, ILogger<OpenSearchApi> log)
    {
        _options = options.Value.Logs.OpenSearch;
        _time = time;
        _client = clients.Create("archive-opensearch", new ApiClientSettings
        {
            CaFile = _options.CaFile, Refused = reason => log.LogError("OpenSearch: {Reason}", reason), FollowRedirects = false,
        });
        _pipeline = ApiPipeline.Create(_options.Resilience, time, retry: false);
    }

    public string Prefix => _options.IndexPrefix;

    public string IndexOf(DateOnly day, bool notable) =>
        $"{_options.IndexPrefix}-{(notable ? "n" : "r")}-{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    public Task<JsonNode> Put(string path, JsonNode body, CancellationToken ct) => Send(HttpMethod.Put, path, Json(body), ct);

    public Task<JsonNode> Bulk(string lines, CancellationToken ct) =>
        Send(HttpMethod.Post, "_bulk", () => Content(Encoding.UTF8.GetBytes(lines), "application/x-ndjson"), ct);

    public Task<JsonNode> Search(string indexes, JsonNode body, CancellationToken ct) =>
        Send(HttpMethod.Post, $"{indexes}/_search?ignore_unavailable=true&allow_no_indices=true", Json(body), ct);

    /// <summary>Names of the archive's indexes.</summary>
    public async Task<IReadOnlyList<string>> Indexes(CancellationToken ct) =>
        [.. (await Send(HttpMethod.Get, $"_cat/indices/{_options.IndexPrefix}-*?format=json&h=index", null, ct)).AsArray()
            .Select(index => index!["index"]!.GetValue<string>())];

    public Task Delete(string index, CancellationToken ct) => Send(HttpMethod.Delete, index, null, ct);

    async Task<JsonNode> Send(HttpMethod method, string path, Func<HttpContent>? content, CancellationToken ct)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token =>
            {
                using HttpRequestMessage request = new(method, $"{_options.Address.TrimEnd('/')}/{path}") { Content = content?.Invoke() };
                if (_options.Username.Length > 0)
                    request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
                        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.Username}:{_options.Password}")));
                using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
                if (!response.IsSuccessStatusCode)
                    throw await ApiException.From(response, _options.Resilience, _time, token, _options.Password);
                await using BoundedBody body = new(await response.Content.ReadAsStreamAsync(token), LargestAnswer,
                    () => new ApiException($"the answer is longer than {LargestAnswer} bytes"));
                return await JsonNode.ParseAsync(body, cancellationToken: token)
                    ?? throw new ApiException("the answer is empty");
            }, ct);
        }
        catch (ApiException e) when (e.RetryAfter is { } wait)
        {
            await Task.Delay(wait, _time, ct);
            throw;
        }
    }

    static Func<HttpContent> Json(JsonNode body)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        return () => Content(bytes, "application/json");
    }

    static ByteArrayContent Content(byte[] bytes, string type)
    {
        ByteArrayContent content = new(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }
}
