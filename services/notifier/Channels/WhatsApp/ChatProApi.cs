using System.Net;
using System.Text.Json;
using Polly;
using Sigma.Hosting.Http;
using Sigma.Hosting.Time;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Channels.WhatsApp;

/// <summary>Calls to ChatPro. There is no idempotency key: whether to call again is the delivery's decision.</summary>
internal sealed class ChatProApi
{
    readonly HttpClient _http;
    readonly ChatProOptions _options;
    readonly ChatProAccess _access;
    readonly TimeProvider _time;
    readonly ResiliencePipeline _pipeline;

    public ChatProApi(ApiClients clients, string integration, ChatProOptions options, ChatProAccess access, TimeProvider time)
    {
        _options = options;
        _access = access;
        _time = time;
        _http = clients.Create($"chatpro {integration}", new() { CaFile = options.CaFile, Refused = access.Refused });
        _http.BaseAddress = new Uri(_options.BaseUrl.TrimEnd('/') + "/");
        _pipeline = ApiPipeline.Create(_options.Patience, SteadyTime.OfMachine, retry: false);
    }

    /// <summary>The longest <see cref="SendMessage"/> takes: the call, the question about the phone, and the call once more.</summary>
    public TimeSpan SendLimit => 3 * _options.Patience.Timeout;

    /// <summary>
    /// Sends a text to the recipient; returns ChatPro's id of it, if it tells one. A refusal is for good only while the phone is connected and when
    /// the same text is refused once more; <paramref name="again"/> false leaves that second call to the caller. The message may quote one of before.
    /// </summary>
    /// <exception cref="ApiException">Any answer but 2xx, or a 2xx that says it was refused.</exception>
    /// <exception cref="DeliveryPostponedException">The phone is not connected, or nobody knows whether it is.</exception>
    /// <exception cref="DeliveryUnconfirmedException">2xx without what ChatPro says of every message it takes.</exception>
    /// <exception cref="UnexpectedResponseException">2xx with a page.</exception>
    public async Task<string?> SendMessage(string message, CancellationToken ct, bool again = true, string? quoted = null)
    {
        try
        {
            return await Call(message, quoted, ct);
        }
        catch (ApiException refusal) when (IsRefusal(refusal))
        {
            if (await PhoneTrouble(ct) is { } trouble)
                throw new DeliveryPostponedException($"{refusal.Message}; {trouble}");
            if (refusal.IsTransient || !again)
                throw;
        }
        return await Call(message, null, ct); // it may be the quotation that was refused
    }

    // What ChatPro itself says of the message; 401 and 403 are about the token, and what is transient without a refusal says nothing of it.
    static bool IsRefusal(ApiException e) => e.Status is { } status
        && ((int)status is >= 200 and < 300 || (!e.IsTransient && status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)));

    async Task<string?> Call(string message, string? quoted, CancellationToken ct) => await _pipeline.ExecuteAsync(async token =>
    {
        using var request = Request(HttpMethod.Post, "send_message");
        request.Content = quoted is null ? JsonContent.Create(new { number = _options.Recipient, message })
            : JsonContent.Create(new { number = _options.Recipient, message, quoted_message_id = quoted });
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        _access.Saw(response.StatusCode);
        if (response.StatusCode == HttpStatusCode.NotFound)
            throw new DeliveryPostponedException(_access.Refusal!); // a wrong setting, not a wrong message: an unknown number is a 400
        if (!response.IsSuccessStatusCode)
            throw await Failure(response, token);
        var body = await ResponseBody.Read(response, token);
        UnexpectedResponseException.ThrowIfPage(response, body);
        if (body.IsRefusal)
            throw ApiException.From(response, body.Text, _options.Patience, _time, Secrets);
        if (body.IsConfirmed)
            return body.Id;
        var words = $"taken without the receipt that ChatPro always gives: {(body.Text.Length > 0 ? body.Text : "an empty answer")}";
        throw new DeliveryUnconfirmedException(ApiException.From(response, words, _options.Patience, _time, Secrets).Message);
    }, ct);

    /// <summary>Why no message can be sent now; null when the phone is connected.</summary>
    async Task<string?> PhoneTrouble(CancellationToken ct)
    {
        try
        {
            return await IsConnected(ct) ? null : "its status says that no phone is connected";
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return $"its status cannot be asked: {DeliveryFailure.From(e).Reason}";
        }
    }

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
            return body.RootElement.GetProperty("connected").ToString().ToUpperInvariant() switch
            {
                "TRUE" or "1" => true,
                "FALSE" or "0" => false,
                _ => throw new ApiException("its answer does not say whether a phone is connected", response.StatusCode),
            };
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
        ApiException.From(response, _options.Patience, _time, ct, Secrets);

    IEnumerable<string> Secrets => [_options.Token, _options.Recipient, _options.Recipient.Split('@')[0]];
}

/// <summary>Whether ChatPro accepts the instance and its token; 401, 403 and 404 make the notifier unready until a call succeeds.</summary>
internal sealed class ChatProAccess(Integration integration)
{
    volatile string? _refusal;

    public string? Refusal => _refusal;

    public void Refused(string reason) => _refusal = "ChatPro: " + reason;

    public void Saw(HttpStatusCode status) => _refusal = status switch
    {
        HttpStatusCode.Unauthorized => $"ChatPro answers 401: {Key("Token")} is wrong or expired",
        HttpStatusCode.Forbidden => $"ChatPro answers 403: the token may not use {Key("InstanceId")}",
        HttpStatusCode.NotFound => $"ChatPro answers 404: there is no {Key("InstanceId")} of that name at {Key("BaseUrl")}",
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => null,
        _ => _refusal,
    };

    string Key(string name) => integration.Key($"ChatPro__{name}", $"ChatPro__{name}");
}
