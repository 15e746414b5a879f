using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Sigma.Hosting.Http;
using Sigma.Hosting.Time;

namespace Sigma.Segware;

/// <summary>Calls to Segware: authorised, patient, their answers read as a stream.</summary>
public sealed class SegwareApi
{
    const long WholeAnswer = 16 << 20; // what is not read as a stream is in memory at once

    const int LongestWords = 300;

    readonly HttpClient _http;
    readonly SegwareAccess _access;
    readonly TimeProvider _time;
    readonly string _token;
    readonly long _largest;
    readonly ApiResilience _resilience;
    readonly ResiliencePipeline _reads, _writes;

    /// <summary>One per process: the circuit breaker is in here.</summary>
    public SegwareApi(IHttpClientFactory clients, SegwareAccess access, IOptions<SegwareOptions> options, TimeProvider time)
    {
        _access = access;
        _time = time;
        _token = options.Value.BearerToken;
        _largest = options.Value.AnswerMegabytes * 1024L * 1024;
        _resilience = options.Value.Patience;
        _http = clients.CreateClient("segware");
        _http.BaseAddress = new Uri(options.Value.BaseUrl.TrimEnd('/') + "/");
        if (options.Value.IsOn)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.BearerToken);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.Timeout = Timeout.InfiniteTimeSpan; // the pipeline's time-out covers the reading too
        _reads = ApiPipeline.Create(_resilience, SteadyTime.OfMachine);
        _writes = ApiPipeline.Create(_resilience, SteadyTime.OfMachine, retry: false);
    }

    /// <summary>GET; <paramref name="read"/> sees the body while it comes and may run again when it breaks off.</summary>
    /// <exception cref="OverLimitException">The answer is larger than it may be, or Segware says so itself.</exception>
    /// <exception cref="ApiException">Any other answer but 2xx, and one that is not the list that <paramref name="read"/> expects.</exception>
    public Task<T> Get<T>(string path, Func<Stream, CancellationToken, Task<T>> read, CancellationToken ct) => Get(path, _largest, read, ct);

    async Task<T> Get<T>(string path, long largest, Func<Stream, CancellationToken, Task<T>> read, CancellationToken ct) =>
        await _reads.ExecuteAsync(async token =>
        {
            using var response = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, token);
            await Check(response, token);
            await using var body = new BoundedBody(await response.Content.ReadAsStreamAsync(token), largest,
                () => new OverLimitException($"the answer is larger than {largest >> 20} MB"));
            try
            {
                return await read(body, token);
            }
            catch (NotAListException e)
            {
                throw new ApiException($"{(int)response.StatusCode} {response.ReasonPhrase} with {WithoutToken(e.Message)}", response.StatusCode,
                    inner: e);
            }
        }, ct);

    /// <summary>
    /// GET of a small object, which is read as leniently as a record of a list. What <paramref name="read"/> makes nothing of is an
    /// <see cref="ApiException"/> in Segware's own words; the same question is not asked again for that, nor is it a reason to spare Segware others.
    /// </summary>
    /// <exception cref="OverLimitException">The answer is larger than it may be.</exception>
    public async Task<T> GetObject<T>(string path, Func<JsonElement, T?> read, CancellationToken ct) where T : class
    {
        var (value, words) = await Get(path, Math.Min(_largest, WholeAnswer), async (body, token) =>
        {
            using MemoryStream list = new(); // of one record
            list.WriteByte((byte)'[');
            await body.CopyToAsync(list, token);
            list.WriteByte((byte)']');
            if (list.GetBuffer().AsSpan(1) is [0xEF, 0xBB, 0xBF, ..] marked)
                marked[..3].Fill((byte)' ');
            list.Position = 0;
            await foreach (var record in JsonRecords.Split(list, token))
                return (record.Fault is null ? read(record.Element) : null, record.RawText(LongestWords));
            return (null, "an empty answer");
        }, ct);
        return value ?? throw new ApiException($"200 with {WithoutToken(ResponseText.OneLine(words, LongestWords))}", HttpStatusCode.OK);
    }

    /// <summary>POST, never repeated here: whether to try again is the caller's decision, who knows if a second one does harm.</summary>
    /// <exception cref="ApiException">Any answer but 2xx, or a 2xx that says it was refused.</exception>
    /// <exception cref="UnexpectedResponseException">2xx with a page.</exception>
    public async Task Post<T>(string path, T body, CancellationToken ct) =>
        await _writes.ExecuteAsync(async token =>
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            await Check(response, token);
            // Headers alone come first: an answer that breaks off after them was an answer.
            var answer = await ResponseBody.Read(response, token);
            UnexpectedResponseException.ThrowIfPage(response, answer);
            if (answer.IsRefusal)
                throw ApiException.From(response, answer.Text, _resilience, _time, _token);
        }, ct);

    string WithoutToken(string words) => _token.Length == 0 ? words : words.Replace(_token, "…", StringComparison.OrdinalIgnoreCase);

    async Task Check(HttpResponseMessage response, CancellationToken ct)
    {
        _access.Saw(response.StatusCode);
        if (response.IsSuccessStatusCode)
            return;
        var failure = await ApiException.From(response, _resilience, _time, ct, _token);
        if (failure.Message.Contains(OverLimitException.MessageKey, StringComparison.Ordinal))
            throw new OverLimitException(failure.Message);
        Activity.Current?.SetStatus(ActivityStatusCode.Error, failure.Message);
        throw failure;
    }
}

/// <summary>Whether Segware accepts the token; 401 and 403 make a service unready until a call succeeds.</summary>
public sealed class SegwareAccess
{
    volatile string? _refusal;

    /// <summary>What is wrong; null when all is well or not known yet.</summary>
    public string? Refusal => _refusal;

    internal void Refused(string reason) => _refusal = "Segware: " + reason;

    internal void Saw(HttpStatusCode status) => _refusal = status switch
    {
        HttpStatusCode.Unauthorized => "Segware answers 401: Segware__BearerToken is wrong or expired",
        HttpStatusCode.Forbidden => "Segware answers 403: the token has no permission for what is asked",
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => null,
        _ => _refusal,
    };
}
