using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Polly;
using Sigma.Hosting.Http;
using Sigma.Hosting.Time;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Channels;

/// <summary>
/// Calls of one integration to its vendor, whose address may be a secret itself. Whether to call again is the delivery's decision, redirects are not
/// followed, and what is said of a failure has no secret in it.
/// </summary>
internal sealed class VendorApi
{
    /// <summary>As vendors take it: names in camel case, what is null left out, letters as they are.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    const int ShortestSecret = 6; // what is shorter would take letters out of every word

    readonly HttpClient _http;
    readonly VendorOptions _options;
    readonly TimeProvider _time;
    readonly ResiliencePipeline _pipeline;
    readonly IReadOnlyList<string> _secrets;

    /// <param name="clients">Makes its client.</param>
    /// <param name="integration">Whose it is.</param>
    /// <param name="options">How the vendor is called.</param>
    /// <param name="secrets">Of which nothing may be said, whatever the vendor repeats.</param>
    /// <param name="time">The clock.</param>
    /// <param name="publicAddressesOnly">Whether names that lead to private addresses are refused.</param>
    public VendorApi(ApiClients clients, Integration integration, VendorOptions options, IEnumerable<string> secrets, TimeProvider time,
        bool publicAddressesOnly = false)
    {
        _options = options;
        _time = time;
        _secrets = [.. secrets.Where(secret => secret.Length >= ShortestSecret)];
        _http = clients.Create($"{integration.Type.Name} {integration.Name}", new()
        {
            CaFile = options.CaFile, SecretAddress = true, FollowRedirects = false, PublicAddressesOnly = publicAddressesOnly,
        });
        _pipeline = ApiPipeline.Create(options.Patience, SteadyTime.OfMachine, retry: false);
    }

    /// <summary>The longest a call takes.</summary>
    public TimeSpan CallLimit => _options.Patience.Timeout;

    /// <summary>
    /// POST of JSON; returns what a 2xx says. What the status and the body of any other answer mean, <paramref name="failure"/> may say.
    /// </summary>
    /// <exception cref="ApiException">Any other answer.</exception>
    public Task<ResponseBody> Post<T>(Uri address, T body, CancellationToken ct, Func<HttpStatusCode, string, Exception?>? failure = null) =>
        Post(address, JsonSerializer.SerializeToUtf8Bytes(body, Json), _ => { }, ct, failure);

    /// <summary>The same of a body that is JSON already.</summary>
    public Task<ResponseBody> Post(Uri address, byte[] json, Action<HttpRequestHeaders> headers, CancellationToken ct,
        Func<HttpStatusCode, string, Exception?>? failure = null) => Call(() =>
        {
            ByteArrayContent content = new(json);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
            return new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        }, headers, failure, ct);

    /// <summary>The same of a form.</summary>
    public Task<ResponseBody> PostForm(Uri address, IEnumerable<KeyValuePair<string, string>> form, Action<HttpRequestHeaders> headers,
        CancellationToken ct, Func<HttpStatusCode, string, Exception?>? failure = null) =>
        Call(() => new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) }, headers, failure, ct);

    /// <summary>What an address says.</summary>
    public Task<ResponseBody> Get(Uri address, Action<HttpRequestHeaders> headers, CancellationToken ct,
        Func<HttpStatusCode, string, Exception?>? failure = null) =>
        Call(() => new HttpRequestMessage(HttpMethod.Get, address), headers, failure, ct);

    /// <summary>
    /// Whether somebody answers at an address, as what is seen of it: it is asked for the headers of its root, which tells nobody anything.
    /// </summary>
    public async Task<string> Reach(Uri address, CancellationToken ct)
    {
        var status = await _pipeline.ExecuteAsync(async token =>
        {
            using HttpRequestMessage request = new(HttpMethod.Head, new Uri(address, "/"));
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            return (int)response.StatusCode;
        }, ct);
        return status < 500 ? $"{address.IdnHost} answers; only a message shows whether it is taken"
            : throw new ApiException($"{address.IdnHost} answers {status}", (HttpStatusCode)status);
    }

    async Task<ResponseBody> Call(Func<HttpRequestMessage> call, Action<HttpRequestHeaders> headers,
        Func<HttpStatusCode, string, Exception?>? failure, CancellationToken ct) =>
        await _pipeline.ExecuteAsync(async token =>
        {
            using var request = call();
            headers(request.Headers);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            if (response.IsSuccessStatusCode)
                return await ResponseBody.Read(response, token);
            if (failure is null || (int)response.StatusCode is >= 300 and < 400)
                throw await ApiException.From(response, _options.Patience, _time, token, _secrets);
            var said = await ApiException.ReadStart(response, token);
            throw failure(response.StatusCode, said) ?? ApiException.From(response, said, _options.Patience, _time, _secrets);
        }, ct);

    /// <summary>What a vendor says, without secrets.</summary>
    public string Shown(string said) =>
        _secrets.Aggregate(said, (text, secret) => text.Replace(secret, "…", StringComparison.OrdinalIgnoreCase));
}
