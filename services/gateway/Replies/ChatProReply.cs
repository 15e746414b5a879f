using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Replies;

/// <summary>
/// A message that came to ChatPro's number: a word that acknowledges, from a number that may. ChatPro's documents do not say how its webhook looks,
/// so
/// the names that its versions are known to use are tried. It does not sign: its address has a key.
/// </summary>
/// <param name="Number">Whose message it is, digits alone.</param>
/// <param name="Message">ChatPro's name for it.</param>
/// <param name="Quoted">The message that it answers; null when it quotes none.</param>
internal sealed record ChatProReply(string Number, string Message, string? Quoted)
{
    static readonly string[] Ids = ["Body.Info.Id", "body.id", "message.id", "data.id", "id", "message_id", "messageId"];

    static readonly string[] Numbers =
    [
        "Body.Info.SenderJid", "Body.Info.RemoteJid", "body.participant", "body.from", "message.from", "data.from", "from", "number", "sender",
    ];

    static readonly string[] Texts = ["Body.Text", "body.text", "body.message", "message.text", "message.body", "data.text", "text", "message"];

    static readonly string[] Quotes =
    [
        "Body.ContextInfo.QuotedMessageID", "body.quoted_message_id", "message.quoted_message_id", "data.quoted_message_id", "quoted_message_id",
        "quotedMessageId",
    ];

    static readonly string[] Own = ["Body.Info.FromMe", "body.fromMe", "message.fromMe", "data.fromMe", "fromMe", "from_me"];

    /// <summary>Null where it is something else than such a word.</summary>
    /// <exception cref="ReplyRefusedException">The word is of a number that may not.</exception>
    /// <exception cref="Webhooks.MalformedBodyException">It is not JSON, or has no id.</exception>
    public static ChatProReply? Read(byte[] body, IReadOnlyCollection<string> numbers, IReadOnlyCollection<string> words)
    {
        var root = JsonBody.Read(body);
        if (root.FirstText(Own) is "true" || root.FirstText(Texts) is not { } text || !words.Contains(text, StringComparer.OrdinalIgnoreCase))
            return null;
        var number = Digits(root.FirstText(Numbers) ?? "");
        if (number.Length == 0 || !numbers.Any(allowed => Digits(allowed) == number))
            throw new ReplyRefusedException(StatusCodes.Status403Forbidden, "messages of this number do not count");
        return new(number, root.FirstText(Ids) ?? throw root.Wrong("has no id of the message"), root.FirstText(Quotes));
    }

    // Of 5511999999999:12@s.whatsapp.net what is before the device and the host.
    static string Digits(string number) => string.Concat(number.Split('@', 2)[0].Split(':', 2)[0].Where(char.IsAsciiDigit));
}
