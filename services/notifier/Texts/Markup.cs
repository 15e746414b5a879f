namespace Sigma.Notifier.Texts;

/// <summary>
/// The markup a channel's messages are in: how values are kept from being read as a part of it, and how a text that holds them gets it. A value reads
/// as it is, whatever is in it; where a chat has no way to write one of its own signs, a sign that looks the same stands for it.
/// </summary>
/// <param name="Escape">For each value.</param>
/// <param name="Finish">For the whole text.</param>
internal sealed record Markup(Escape Escape, Func<string, string> Finish)
{
    // No value has a character for private use.
    const char Asterisk = '\uE02A';

    const string WordJoiner = "\u2060"; // is not seen, and not read as markup

    /// <summary>None: all is as it reads.</summary>
    public static Markup Plain { get; } = new(Keep, text => Restore(BoldText.Remove(text)));

    /// <summary>WhatsApp's, in which our texts are.</summary>
    public static Markup WhatsApp { get; } = new(OutsideText.ForWhatsApp, text => text);

    /// <summary>Slack's mrkdwn, whose bold is WhatsApp's; links and mentions are in angle brackets.</summary>
    public static Markup Slack { get; } = new(OutsideText.ForWhatsApp, EscapeTags);

    /// <summary>Telegram's HTML.</summary>
    public static Markup Telegram { get; } = new(Keep, text => Restore(BoldText.Replace(EscapeTags(text), bold => $"<b>{bold}</b>")));

    /// <summary>The Markdown of Teams' cards.</summary>
    public static Markup Teams { get; } = new((line, starts) => OutsideText.ForWhatsApp(line, starts).Replace("](", $"]{WordJoiner}("),
        text => BoldText.Replace(text, bold => $"**{bold}**"));

    /// <summary>None, in one line whose parts semicolons separate.</summary>
    public static Markup AlarmEvent { get; } = new(OutsideText.ForAlarmEvent, text => text);

    /// <summary>HTML, whose line breaks are still line breaks.</summary>
    public static Markup Html { get; } =
        new(Keep, text => Restore(BoldText.Replace(EscapeTags(text).Replace("\"", "&quot;"), bold => $"<b>{bold}</b>")));

    static string Keep(string line, bool startsLine) => line.Replace('*', Asterisk);

    static string Restore(string text) => text.Replace(Asterisk, '*');

    static string EscapeTags(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
