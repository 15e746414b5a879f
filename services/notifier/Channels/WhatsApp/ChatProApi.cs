using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Sigma.Hosting.Http;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.Channels.WhatsApp;

/// <summary>Calls to ChatPro. There is no idempotency key: whether to call again is the delivery's decision.</summary>
internal sealed class ChatProApi
{
    readonly HttpClient _http;
    readonly ChatProOptions _options;
    readonly ChatProAccess _access;
    readonly TimeProvider _time;
    readonly ResiliencePipeline _pipeline;

    public ChatProApi(IHttpClientFactory clients, IOptions<ChatProOptions> options, ChatProAccess access, TimeProvider time)
    {
        (_options, _access, _time) = (options.Value, access, time);
        _http = clients.CreateClient("chatpro");
        _http.BaseAddress = new Uri(_options.BaseUrl.TrimEnd('/') + "/");
        _http.Timeout = Timeout.InfiniteTimeSpan; // the pipeline's
        _pipeline = ApiPipeline.Create(_options.Patience, TimeProvider.System, retry: false);
    }

    /// <summary>Sends a text to the recipient; returns ChatPro's id of it, if it can be read.</summary>
    /// <exception cref="ApiException">Any answer but 2xx.</exception>
    /// <exception cref="StrangeAnswerException">2xx with a page.</exception>
    public async Task<string?> SendMessage(string message, CancellationToken ct) => await _pipeline.ExecuteAsync(async token =>
    {
        using var request = Request(HttpMethod.Post, "send_message");
        request.Content = JsonContent.Create(new { number = _options.Recipient, message });
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        _access.Saw(response.StatusCode);
        if (response.StatusCode == HttpStatusCode.NotFound)
            throw new DeliveryPostponedException(_access.Refusal!); // a wrong setting, not a wrong message: an unknown number is a 400
        if (!response.IsSuccessStatusCode)
            throw await Failure(response, token);
        StrangeAnswerException.ThrowIfPage(response);
        return await ReadId(response, token);
    }, ct);

    /// <summary>Whether the phone behind the instance is connected. Sends nothing.</summary>
    /// <exception cref="ApiException">Any answer but one that says so.</exception>
    public async Task<bool> IsConnected(CancellationToken ct) => await _pipeline.ExecuteAsync(async token =>
    {
        using var request = Request(HttpMethod.Get, "status");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        _access.Saw(response.StatusCode);
        if (!response.IsSuccessStatusCode)
            throw await Failure(response, token);
        try
        {
            using var body = JsonDocument.Parse(await ApiException.ReadStart(response, token, 16_000));
            return body.RootElement.GetProperty("connected").GetBoolean();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ApiException("its answer does not say whether a phone is connected", response.StatusCode, inner: e);
        }
    }, ct);

    HttpRequestMessage Request(HttpMethod method, string call)
    {
        HttpRequestMessage request = new(method, $"{Uri.EscapeDataString(_options.InstanceId)}/api/v1/{call}");
        request.Headers.TryAddWithoutValidation("Authorization", _options.Token); // raw, without "Bearer"
        return request;
    }

    Task<ApiException> Failure(HttpResponseMessage response, CancellationToken ct) =>
        ApiException.From(response, _options.Patience, _time, ct, _options.Token, _options.Recipient, _options.Recipient.Split('@')[0]);

    // A 2xx that is no page means sent, whatever else the body: nothing that goes wrong here may have it sent again.
    static async Task<string?> ReadId(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            using var body = JsonDocument.Parse(await ApiException.ReadStart(response, ct, 16_000));
            return body.RootElement.GetProperty("resposeMessage").GetProperty("id").ToString(); // their spelling
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or IOException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>Whether ChatPro lets us in; 401, 403 and 404 make the notifier unready until a call succeeds.</summary>
internal sealed class ChatProAccess
{
    volatile string? _refusal;

    public string? Refusal => _refusal;

    public void Refused(string reason) => _refusal = "ChatPro: " + reason;

    public void Saw(HttpStatusCode status) => _refusal = status switch
    {
        HttpStatusCode.Unauthorized => "ChatPro answers 401: ChatPro__Token is wrong or expired",
        HttpStatusCode.Forbidden => "ChatPro answers 403: the token may not use ChatPro__InstanceId",
        HttpStatusCode.NotFound => "ChatPro answers 404: there is no ChatPro__InstanceId of that name at ChatPro__BaseUrl",
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => null,
        _ => _refusal,
    };
}
