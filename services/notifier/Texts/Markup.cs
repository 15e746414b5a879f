namespace Sigma.Notifier.Texts;

/// <summary>
/// The markup a channel's messages are in: how values are kept from being read as a part of it, and how a text that holds them gets it.
/// </summary>
/// <param name="Escape">For each value.</param>
/// <param name="Finish">For the whole text.</param>
internal sealed record Markup(Escape Escape, Func<string, string> Finish)
{
    // No value has a character for private use.
    const char Asterisk = '\uE02A';

    /// <summary>None: all is as it reads.</summary>
    public static Markup Plain { get; } = new(Keep, text => Restore(BoldText.Remove(text)));

    /// <summary>HTML, whose line breaks are still line breaks.</summary>
    public static Markup Html { get; } = new(Keep, text => Restore(BoldText.Replace(Escaped(text), bold => $"<b>{bold}</b>")));

    static string Keep(string line, bool startsLine) => line.Replace('*', Asterisk);

    static string Restore(string text) => text.Replace(Asterisk, '*');

    static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
}
