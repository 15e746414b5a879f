using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Hosting.Http;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Channels.Twilio;

/// <summary>Calls to Twilio's API of messages. It has no idempotency key: a message is asked for once, and then asked about.</summary>
internal sealed class TwilioApi(Integration integration, TwilioOptions settings, ApiClients clients, TimeProvider time)
{
    readonly VendorApi _api = new(clients, integration, settings.Api, [settings.AuthToken, settings.To], time);
    readonly string _account = $"{settings.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{settings.AccountSid}";

    string Messages => _account + "/Messages";

    public TimeSpan CallLimit => _api.CallLimit;

    /// <summary>Has a message sent.</summary>
    /// <exception cref="DeliveryRefusedException">Twilio says that it can never be sent.</exception>
    /// <exception cref="DeliveryUnconfirmedException">2xx without the message that Twilio always returns.</exception>
    public async Task<TwilioMessage> Send(IEnumerable<KeyValuePair<string, string>> form, CancellationToken ct)
    {
        var answer = await _api.PostForm(new Uri(Messages + ".json"), form, Authorize, ct, Failure);
        if (answer.IsPage)
            throw new UnexpectedResponseException("2xx with a page instead of Twilio's answer");
        return TwilioMessage.Read(answer.Text)
            ?? throw new DeliveryUnconfirmedException($"2xx without the message that Twilio always returns: {_api.Shown(answer.Text)}");
    }

    /// <summary>What became of one.</summary>
    /// <exception cref="DeliveryUnconfirmedException">Twilio does not know it any more.</exception>
    public async Task<TwilioMessage> Find(string sid, CancellationToken ct)
    {
        var answer = await _api.Get(new Uri($"{Messages}/{Uri.EscapeDataString(sid)}.json"), Authorize, ct, (status, _) =>
            status == HttpStatusCode.NotFound ? new DeliveryUnconfirmedException($"Twilio took {sid} and does not know it any more") : null);
        return TwilioMessage.Read(answer.Text) ?? throw new ApiException($"no message in Twilio's answer: {_api.Shown(answer.Text)}");
    }

    /// <summary>How the account is: <c>active</c>, <c>suspended</c> or <c>closed</c>.</summary>
    public async Task<string> StatusOfAccount(CancellationToken ct)
    {
        var answer = await _api.Get(new Uri(_account + ".json"), Authorize, ct, Failure);
        return TwilioMessage.Read(answer.Text)?.Status ?? throw new ApiException($"no account in Twilio's answer: {_api.Shown(answer.Text)}");
    }

    void Authorize(HttpRequestHeaders headers) => headers.Authorization = new AuthenticationHeaderValue("Basic",
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{settings.AuthToken}")));

    Exception? Failure(HttpStatusCode status, string said)
    {
        var error = TwilioError.Read(said);
        return (status, error) switch
        {
            (HttpStatusCode.BadRequest, { Code: { } code }) => new DeliveryRefusedException(_api.Shown($"400 {code}: {error.Message}")),
            (HttpStatusCode.NotFound, _) => new DeliveryPostponedException($"404: there is no account {settings.AccountSid}"),
            _ => null,
        };
    }
}

/// <summary>A message, as Twilio shows it.</summary>
internal sealed record TwilioMessage
{
    public string? Sid { get; init; }

    public string? Status { get; init; }

    [JsonPropertyName("error_code")]
    public int? ErrorCode { get; init; }

    [JsonPropertyName("error_message")]
    public string? ErrorMessage { get; init; }

    [JsonPropertyName("date_created")]
    public string? DateCreated { get; init; }

    public bool IsDelivered => Status is "delivered" or "read";

    public bool IsLost => Status is "undelivered" or "failed" or "canceled";

    public DateTimeOffset? CreatedAt =>
        DateTimeOffset.TryParse(DateCreated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>What is wrong, with Twilio's code; docs/channels.md says more of the usual ones.</summary>
    public string Trouble => ErrorCode is { } code
        ? $"{Status}, {code}{(ErrorMessage is { Length: > 0 } words ? $": {words}" : $" (https://www.twilio.com/docs/errors/{code})")}" : $"{Status}";

    /// <summary>Null when it is none.</summary>
    public static TwilioMessage? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<TwilioMessage>(text, JsonSerializerOptions.Web) is { Sid.Length: > 0, Status.Length: > 0 } message
                ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Why Twilio refuses a call.</summary>
internal sealed record TwilioError
{
    public int? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>Null when it is none.</summary>
    public static TwilioError? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<TwilioError>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
