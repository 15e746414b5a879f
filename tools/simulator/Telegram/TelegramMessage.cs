using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Telegram;

/// <summary>The parameters of sendMessage.</summary>
/// <param name="Chat">The chat_id as text.</param>
/// <param name="Text">With its markup.</param>
/// <param name="ParseMode">HTML, Markdown, MarkdownV2 or null.</param>
/// <param name="ReplyTo">The message it answers, if any.</param>
/// <param name="Body">As it was posted.</param>
internal sealed record TelegramMessage(string Chat, string Text, string? ParseMode, long? ReplyTo, JsonElement Body)
{
    private const int TextLimit = 4_096;

    /// <summary>Whether it is sent where the message that it answers is gone.</summary>
    public bool MayStandAlone => Body.Field("reply_parameters")?.Field("allow_sending_without_reply") is { ValueKind: JsonValueKind.True };

    /// <returns>Null when the body cannot be read.</returns>
    public static async Task<TelegramMessage?> Read(HttpRequest request)
    {
        var bytes = await PostedBody.Bytes(request);
        var json = request.HasFormContentType
            ? JsonSerializer.SerializeToElement(
                QueryHelpers.ParseQuery(Encoding.UTF8.GetString(bytes)).ToDictionary(field => field.Key, field => field.Value.ToString()))
            : PostedBody.Json(bytes);
        return json is { ValueKind: JsonValueKind.Object } body
            ? new TelegramMessage(Word(body, "chat_id"), body.Text("text") ?? "", body.Text("parse_mode"), Reply(body), body)
            : null;
    }

    /// <returns>Telegram's description of what is wrong with the message itself, or null.</returns>
    public string? Complaint()
    {
        if (Chat.Length == 0)
        {
            return "chat_id is empty";
        }

        if (!IsChat(Chat))
        {
            return "chat not found";
        }

        if (!string.IsNullOrEmpty(ParseMode) && ParseMode.ToLowerInvariant() is not ("html" or "markdown" or "markdownv2"))
        {
            return "unsupported parse_mode";
        }

        var (visible, markup) = string.IsNullOrEmpty(ParseMode) ? (Text, null) : TelegramMarkup.Read(Text, ParseMode);
        return markup is not null ? $"can't parse entities: {markup}"
            : string.IsNullOrWhiteSpace(visible) ? "message text is empty"
            : visible.Length > TextLimit ? "message is too long"
            : null;
    }

    private static bool IsChat(string chat) =>
        chat is ['@', _, ..] || long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) && id != 0;

    private static string Word(JsonElement body, string name) => body.Field(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => "",
    };

    private static long? Reply(JsonElement body)
    {
        var given = Word(body.Field("reply_parameters") is { } reply ? reply : body, body.Field("reply_parameters") is null
            ? "reply_to_message_id" : "message_id");
        return long.TryParse(given, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
