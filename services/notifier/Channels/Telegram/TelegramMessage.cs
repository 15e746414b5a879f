using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Telegram;

/// <summary>The body of POST sendMessage.</summary>
internal sealed record TelegramMessage
{
    /// <summary>Characters a message may have, its markup not counted.</summary>
    public const int Longest = 4096;

    [JsonPropertyName("chat_id")]
    public required string ChatId { get; init; }

    public required string Text { get; init; }

    [JsonPropertyName("parse_mode")]
    public string? ParseMode { get; init; }

    [JsonPropertyName("reply_parameters")]
    public TelegramReply? Reply { get; init; }

    /// <param name="chat">Whom it is for.</param>
    /// <param name="text">Before it has Telegram's markup.</param>
    public static TelegramMessage Html(string chat, string text) =>
        new() { ChatId = chat, Text = Markup.Telegram.Finish(text.Truncate(Longest)), ParseMode = "HTML" };

    /// <summary>The same without markup.</summary>
    public static TelegramMessage Plain(string chat, string text) => new() { ChatId = chat, Text = Markup.Plain.Finish(text).Truncate(Longest) };
}

/// <summary>The message that one answers; where it is gone, the answer stands alone.</summary>
internal sealed record TelegramReply([property: JsonPropertyName("message_id")] long MessageId)
{
    [JsonPropertyName("allow_sending_without_reply")]
    public bool AllowSendingWithoutReply => true;

    /// <summary>Null where no message is known.</summary>
    public static TelegramReply? To(string? receipt) =>
        long.TryParse(receipt, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new(id) : null;
}

/// <summary>What Telegram answers, in a 2xx and in a failure.</summary>
internal sealed record TelegramAnswer
{
    public bool Ok { get; init; }

    public TelegramResult? Result { get; init; }

    public string? Description { get; init; }

    public TelegramParameters? Parameters { get; init; }

    /// <summary>Null when it is no answer of Telegram's.</summary>
    public static TelegramAnswer? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<TelegramAnswer>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The message that was sent.</summary>
internal sealed record TelegramResult
{
    [JsonPropertyName("message_id")]
    public long MessageId { get; init; }

    public string Receipt => MessageId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a failure asks for.</summary>
internal sealed record TelegramParameters
{
    /// <summary>Seconds until the next try.</summary>
    [JsonPropertyName("retry_after")]
    public int? RetryAfter { get; init; }

    /// <summary>The number of the group since it became a supergroup.</summary>
    [JsonPropertyName("migrate_to_chat_id")]
    public long? MigrateToChatId { get; init; }
}
