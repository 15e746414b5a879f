using System.Text.Json;
using System.Text.RegularExpressions;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Received;

namespace Sigma.Simulator.ChatPro;

internal static partial class ChatProEndpoints
{
    private const string NotConnected = "phone is not connected";

    private static readonly JsonSerializerOptions Spelling = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void MapChatPro(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/{instanceId}/api/v1").AddEndpointFilter<ChatProTokenCheck>();
        api.MapPost("/send_message", SendMessage);
        api.MapGet("/status", (ChatProPhone phone) => Results.Json(new { connected = phone.Connected }));
    }

    public static IResult Error(int statusCode, string message, string error) =>
        Results.Json(new { statusCode, message, error }, statusCode: statusCode);

    private static async Task<IResult> SendMessage(
        string instanceId, HttpRequest request, SimulatorOptions options, ChatProPhone phone, ReceivedLog received, TimeProvider clock)
    {
        if (await Read(request) is not { Number.Length: > 0, Message.Length: > 0 } outgoing)
        {
            return Error(StatusCodes.Status400BadRequest, "number and message are required", "Bad Request");
        }

        if (!NumberOrJid().IsMatch(outgoing.Number))
        {
            return Error(StatusCodes.Status400BadRequest, "Invalid WID value", "Bad Request");
        }

        if (!phone.IsOnWhatsApp(outgoing.Number) || options.ChatPro.NotOnWhatsApp.Contains(outgoing.Number))
        {
            return Error(StatusCodes.Status400BadRequest, "Number is not on WhatsApp", "Bad Request");
        }

        if (!phone.Connected && options.ChatPro.WhenNotConnected != WhenNotConnected.Takes)
        {
            return options.ChatPro.WhenNotConnected == WhenNotConnected.Refuses
                ? Error(StatusCodes.Status400BadRequest, NotConnected, "Bad Request")
                : Results.Json(new { status = false, message = NotConnected });
        }

        var now = clock.GetUtcNow();
        var message = received.Add(now, instanceId, outgoing.Number, outgoing.Message, outgoing.QuotedMessageId,
            !FaultInjection.BreaksOff(request.HttpContext));

        // "resposeMessage" is how ChatPro spells it.
        return Results.Json(
            new
            {
                message = "Mensagem enviada com sucesso",
                resposeMessage = new { id = message.Id, timestamp = now.ToUnixTimeSeconds() },
                status = true,
            },
            statusCode: options.ChatPro.SuccessStatus);
    }

    private static async Task<OutgoingMessage?> Read(HttpRequest request)
    {
        try
        {
            return await request.ReadFromJsonAsync<OutgoingMessage>(Spelling, request.HttpContext.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^(\d{8,15}|\d{8,15}@(s\.whatsapp\.net|c\.us)|\d[\d-]{5,40}@g\.us)\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberOrJid();

    private sealed record OutgoingMessage(string? Number, string? Message, string? QuotedMessageId);
}
