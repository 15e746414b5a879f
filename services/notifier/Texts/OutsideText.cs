using System.Text;
using Sigma.Hosting.Texts;

namespace Sigma.Notifier.Texts;

/// <summary>A value from outside as a part of a text of ours: one line, and nothing in it that its channel would take for markup.</summary>
internal static class OutsideText
{
    /// <summary>The value in one line; empty, which counts as missing, when nothing of it could be seen.</summary>
    public static string Line(string? value) => PlainLine.Of(value);

    /// <summary>
    /// For WhatsApp: signs that look the same stand for those that make text bold, slanted, struck out, code, a quotation or a list.
    /// </summary>
    public static string ForWhatsApp(string line, bool startsLine)
    {
        StringBuilder text = new(line);
        for (var i = 0; i < text.Length; i++)
            text[i] = line[i] switch
            {
                '*' => '∗',
                '~' => '∼',
                '`' => 'ˋ',
                '_' when !IsWithinWord(line, i) => 'ˍ',
                var other => other,
            };
        if (startsLine && line.Length > 0)
            BeginNothing(text);
        return text.ToString();
    }

    /// <summary>For an alarm event, whose lines are joined with semicolons.</summary>
    public static string ForAlarmEvent(string line, bool startsLine) => line.Replace(';', ',');

    static bool IsWithinWord(string line, int at) =>
        at > 0 && at + 1 < line.Length && char.IsLetterOrDigit(line[at - 1]) && char.IsLetterOrDigit(line[at + 1]);

    // "> " begins a quotation, "- " and "1. " begin lists.
    static void BeginNothing(StringBuilder text)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        var ends = digits + 1 >= text.Length || text[digits + 1] == ' ';
        if (text[0] == '>')
            text[0] = '›';
        else if (text[0] == '-' && text.Length > 1 && text[1] == ' ')
            text[0] = '‐';
        else if (digits > 0 && digits < text.Length && ends)
            text[digits] = text[digits] switch { '.' => '․', ')' => '﹚', var other => other };
    }
}

/// <summary>How a channel keeps a value from outside from being read as its markup.</summary>
/// <param name="line">The value, one line.</param>
/// <param name="startsLine">Whether it is the first thing in a line of the text.</param>
internal delegate string Escape(string line, bool startsLine);
