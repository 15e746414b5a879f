using System.Globalization;
using System.Text;

namespace Sigma.Hosting.Texts;

/// <summary>
/// Text from outside as one line that shows what it holds: nothing in it begins another line, turns the direction of writing, or is there without
/// being seen.
/// </summary>
public static class PlainLine
{
    // Letters of some languages carry a few; more are there to cover the lines above and below.
    const int MostMarks = 4;

    /// <summary>The text in one line, its spaces single, its ends without any; empty when nothing of it could be seen.</summary>
    public static string Of(string? text)
    {
        StringBuilder line = new(text?.Length ?? 0);
        var gap = false;
        var marks = MostMarks; // a mark with nothing before it would join what is before the text
        foreach (var rune in (text ?? "").EnumerateRunes())
            switch (KindOf(rune))
            {
                case Kind.Break or Kind.Space:
                    gap = true;
                    marks = MostMarks;
                    break;
                case Kind.Mark when marks++ < MostMarks:
                    line.Append(rune);
                    break;
                case Kind.Shown:
                    if (gap && line.Length > 0)
                        line.Append(' ');
                    line.Append(rune);
                    gap = false;
                    marks = 0;
                    break;
            }
        return line.ToString();
    }

    /// <summary>The text for a log: each line break is a space, what is obeyed and not seen is left out, spaces stay as they are.</summary>
    public static string Harmless(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        StringBuilder line = new(text.Length);
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = KindOf(rune);
            if (kind == Kind.Break && !(rune.Value == '\n' && previous.Value == '\r'))
                line.Append(' ');
            else if (kind is not (Kind.Break or Kind.Unseen))
                line.Append(rune);
            previous = rune;
        }
        return line.ToString();
    }

    /// <summary>Whether a terminal or a reader would obey it instead of showing it.</summary>
    public static bool IsObeyed(Rune rune) => KindOf(rune) is Kind.Break or Kind.Unseen;

    static Kind KindOf(Rune rune) => rune.Value switch
    {
        (>= 0x09 and <= 0x0D) or (>= 0x1C and <= 0x1F) or 0x85 => Kind.Break,
        0x2800 or 0x115F or 0x1160 or 0x3164 or 0xFFA0 => Kind.Space, // Braille's and Hangul's empty letters
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Kind.Break,
            UnicodeCategory.SpaceSeparator => Kind.Space,
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => Kind.Unseen,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Kind.Mark,
            _ => Kind.Shown,
        },
    };

    enum Kind
    {
        Shown,
        Mark,
        Space,
        Break,
        Unseen,
    }
}
