using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sigma.Hosting.Http;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Channels.Slack;

/// <summary>The two ways into a channel: an incoming webhook, or a bot's <c>chat.postMessage</c>, which has threads.</summary>
internal sealed class SlackApi(Integration integration, SlackOptions settings, ApiClients clients, TimeProvider time)
{
    // What a bot is told in a 200 and a wait may mend; of the rest none does.
    static readonly HashSet<string> Passing =
        ["ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "accesslimited"];

    readonly Uri _url = new(settings.IsBot ? $"{settings.BaseUrl.TrimEnd('/')}/chat.postMessage" : settings.Url);
    readonly VendorApi _api = new(clients, integration, settings.Api,
        settings.IsBot ? [settings.Token] : [settings.Url, new Uri(settings.Url).PathAndQuery], time);

    public TimeSpan CallLimit => _api.CallLimit;

    /// <summary>Posts a message; returns what Slack calls it, which a webhook does not say.</summary>
    /// <param name="message">The message.</param>
    /// <param name="thread">The message it belongs to, by that name.</param>
    /// <param name="ct">The service stops.</param>
    public async Task<string?> Post(SlackMessage message, string? thread, CancellationToken ct)
    {
        try
        {
            return settings.IsBot
                ? await PostAsBot(message with { Channel = settings.Channel, ThreadTs = thread, ReplyBroadcast = thread is null ? null : true }, ct)
                : await PostToHook(message, ct);
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new DeliveryRefusedException(e.Message); // invalid_token, action_prohibited: no wait mends that
        }
    }

    /// <summary>Whether Slack knows the bot; of a webhook, whether it is reached.</summary>
    public async Task<string> Check(CancellationToken ct)
    {
        if (!settings.IsBot)
            return await _api.Reach(_url, ct);
        var answer = await _api.Post(new Uri($"{settings.BaseUrl.TrimEnd('/')}/auth.test"), "{}"u8.ToArray(), Authorize, ct);
        ThrowIfPage(answer);
        return SlackAnswer.Read(answer.Text) switch
        {
            { Ok: true } => "Slack knows the bot; only a message shows whether the channel takes it",
            { Error: { Length: > 0 } error } => throw new DeliveryRefusedException($"Slack says {error}"),
            _ => throw new ApiException($"no answer of Slack's: {_api.Shown(answer.Text)}"),
        };
    }

    async Task<string?> PostToHook(SlackMessage message, CancellationToken ct)
    {
        var answer = await _api.Post(_url, message, ct);
        if (answer.Text == "ok")
            return null;
        ThrowIfPage(answer);
        throw new DeliveryUnconfirmedException($"200 without the ok that Slack always says: {_api.Shown(answer.Text)}");
    }

    async Task<string?> PostAsBot(SlackMessage message, CancellationToken ct)
    {
        var answer = await _api.Post(_url, JsonSerializer.SerializeToUtf8Bytes(message, VendorApi.Json), Authorize, ct);
        ThrowIfPage(answer);
        return SlackAnswer.Read(answer.Text) switch
        {
            { Ok: true, Ts: { Length: > 0 } ts } => ts,
            { Ok: false, Error: { Length: > 0 } error } when Passing.Contains(error) => throw new DeliveryPostponedException($"Slack says {error}"),
            { Ok: false, Error: { Length: > 0 } error } => throw new DeliveryRefusedException($"Slack says {error}"),
            _ => throw new DeliveryUnconfirmedException($"200 without the message that Slack always returns: {_api.Shown(answer.Text)}"),
        };
    }

    void Authorize(HttpRequestHeaders headers) => headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);

    static void ThrowIfPage(ResponseBody answer)
    {
        if (answer.IsPage)
            throw new UnexpectedResponseException("200 with a page instead of Slack's answer");
    }
}

/// <summary>What a bot is answered, also when nothing was done.</summary>
internal sealed record SlackAnswer(bool? Ok, string? Ts, string? Error)
{
    /// <summary>Null when it is none.</summary>
    public static SlackAnswer? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<SlackAnswer>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
