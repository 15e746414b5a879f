using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Telegram;

internal static class Registration
{
    private const string Name = "telegram";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IServiceCollection AddTelegram(this IServiceCollection services) =>
        services.AddVendor(Name, (inbox, _, clock) => new TelegramBot(inbox, clock));

    public static void MapTelegram(this IEndpointRouteBuilder app)
    {
        var api = app.MapVendor(Name, OfFault);
        api.MapPost("/bot{token}/sendMessage", SendMessage);
        api.MapMethods("/bot{token}/getMe", ["GET", "POST"], GetMe);
        api.MapGet("/bot{token}/getChat", GetChat);
    }

    private static async Task<IResult> SendMessage(
        string token, HttpRequest request, TelegramBot bot, SimulatorOptions options, TimeProvider clock)
    {
        if (token != options.Telegram.Token)
        {
            return Unauthorized(token);
        }

        if (await TelegramMessage.Read(request) is not { } message)
        {
            return Error(StatusCodes.Status400BadRequest, "Bad Request: can't parse JSON object");
        }

        if (message.Complaint() is { } complaint)
        {
            return Error(StatusCodes.Status400BadRequest, $"Bad Request: {complaint}");
        }

        if (Refusal(bot.Refusals.Of(message.Chat), message.Chat) is { } refusal)
        {
            return refusal;
        }

        if (message.ReplyTo is { } answered && !message.MayStandAlone && !bot.Has(answered, message.Chat))
        {
            return Error(StatusCodes.Status400BadRequest, "Bad Request: message to be replied not found");
        }

        if (bot.Rate.Wait(message.Chat, options.Telegram.MessagesPerMinute) is { } wait)
        {
            return VendorEndpoint.TooMany(request.HttpContext, wait);
        }

        bot.Inbox.Add(request.HttpContext, message.Chat, message.Text, message.Body);
        return Done(new
        {
            message_id = bot.NumberOfNext(message.Chat),
            from = Self(options),
            chat = Chat(message.Chat),
            date = clock.GetUtcNow().ToUnixTimeSeconds(),
            text = message.ParseMode is { Length: > 0 } mode ? TelegramMarkup.Read(message.Text, mode).Visible : message.Text,
        });
    }

    private static IResult GetMe(string token, SimulatorOptions options) =>
        token == options.Telegram.Token ? Done(Self(options)) : Unauthorized(token);

    private static IResult GetChat(string token, [FromQuery(Name = "chat_id")] string? chat, TelegramBot bot, SimulatorOptions options) =>
        token != options.Telegram.Token ? Unauthorized(token)
        : string.IsNullOrEmpty(chat) ? Error(StatusCodes.Status400BadRequest, "Bad Request: chat_id is empty")
        : bot.Refusals.Of(chat) is TelegramBot.NotFound or TelegramBot.Kicked ? Error(StatusCodes.Status400BadRequest, "Bad Request: chat not found")
        : Done(Chat(chat));

    private static IResult? Refusal(string? reason, string chat) => reason switch
    {
        TelegramBot.Blocked => Error(StatusCodes.Status403Forbidden, "Forbidden: bot was blocked by the user"),
        TelegramBot.Kicked => Error(StatusCodes.Status403Forbidden, "Forbidden: bot was kicked from the group chat"),
        TelegramBot.NotFound => Error(StatusCodes.Status400BadRequest, "Bad Request: chat not found"),
        TelegramBot.Migrated => Error(StatusCodes.Status400BadRequest, "Bad Request: group chat was upgraded to a supergroup chat",
            new() { ["migrate_to_chat_id"] = TelegramBot.SupergroupOf(long.Parse(chat, CultureInfo.InvariantCulture)) }),
        _ => null,
    };

    private static IResult Unauthorized(string token) =>
        token.Contains(':')
            ? Error(StatusCodes.Status401Unauthorized, "Unauthorized")
            : Error(StatusCodes.Status404NotFound, "Not Found");

    private static IResult OfFault(int status, TimeSpan? retryAfter) => status switch
    {
        StatusCodes.Status429TooManyRequests => TooMany(VendorEndpoint.Seconds(retryAfter ?? TimeSpan.FromSeconds(1))),
        StatusCodes.Status400BadRequest => Error(status, "Bad Request"),
        StatusCodes.Status401Unauthorized => Error(status, "Unauthorized"),
        StatusCodes.Status403Forbidden => Error(status, "Forbidden"),
        StatusCodes.Status404NotFound => Error(status, "Not Found"),
        _ => Error(status, "Internal Server Error"),
    };

    private static IResult TooMany(int seconds) =>
        Error(StatusCodes.Status429TooManyRequests, $"Too Many Requests: retry after {seconds}", new() { ["retry_after"] = seconds });

    private static IResult Done(object result) => Results.Json(new { ok = true, result }, Readable);

    private static IResult Error(int status, string description, Dictionary<string, long>? parameters = null) =>
        parameters is null
            ? Results.Json(new { ok = false, error_code = status, description }, Readable, statusCode: status)
            : Results.Json(new { ok = false, error_code = status, description, parameters }, Readable, statusCode: status);

    private static object Self(SimulatorOptions options) => new
    {
        id = long.TryParse(options.Telegram.Token.Split(':')[0], CultureInfo.InvariantCulture, out var id) ? id : 1,
        is_bot = true,
        first_name = "Simulated",
        username = "simulated_bot",
    };

    private static object Chat(string chat) => chat[0] == '@'
        ? new { id = -1_001L, type = "channel", username = chat[1..] }
        : new { id = long.Parse(chat, CultureInfo.InvariantCulture), type = chat[0] == '-' ? "group" : "private", username = "" };
}
