using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sigma.Simulator.Twilio;

/// <summary>Twilio's answers.</summary>
internal static class TwilioJson
{
    public const string Version = "2010-04-01";

    private const int CharactersPerSegment = 160;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Message(string account, TwilioMessage message, int status)
    {
        var uri = $"/{Version}/Accounts/{account}/Messages/{message.Sid}";
        return Results.Json(
            new
            {
                account_sid = account,
                api_version = Version,
                body = message.Body,
                date_created = Date(message.CreatedAt),
                date_sent = message.Status == "queued" ? null : Date(message.UpdatedAt),
                date_updated = Date(message.UpdatedAt),
                direction = "outbound-api",
                error_code = message.ErrorCode,
                error_message = (string?)null,
                from = message.From,
                messaging_service_sid = message.MessagingServiceSid,
                num_media = "0",
                num_segments = Segments(message.Body).ToString(CultureInfo.InvariantCulture),
                price = (string?)null,
                price_unit = "USD",
                sid = message.Sid,
                status = message.Status,
                subresource_uris = new { media = $"{uri}/Media.json" },
                to = message.To,
                uri = $"{uri}.json",
            },
            Readable,
            statusCode: status);
    }

    public static IResult Error(int status, int code, string message) =>
        Results.Json(new { code, message, more_info = $"https://www.twilio.com/docs/errors/{code}", status }, Readable, statusCode: status);

    public static IResult OfFault(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Error(status, 20003, "Authenticate"),
        StatusCodes.Status403Forbidden => Error(status, 20403, "Forbidden"),
        StatusCodes.Status404NotFound => Error(status, 20404, "The requested resource was not found"),
        StatusCodes.Status429TooManyRequests => Error(status, 20429, "Too Many Requests"),
        StatusCodes.Status503ServiceUnavailable => Error(status, 20503, "Service Unavailable"),
        >= StatusCodes.Status500InternalServerError => Error(status, 20500, "Internal Server Error"),
        _ => Error(status, 20001, "Bad Request"),
    };

    private static int Segments(string body) => Math.Max(1, (body.Length + CharactersPerSegment - 1) / CharactersPerSegment);

    private static string Date(DateTimeOffset at) => at.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
}
