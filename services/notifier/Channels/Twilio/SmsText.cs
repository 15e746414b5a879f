using System.Globalization;
using System.Text;

namespace Sigma.Notifier.Channels.Twilio;

/// <summary>
/// Text as SMS counts it: in parts of 160 letters of its own alphabet, or of 70 as soon as one letter is outside; several parts lose a few each.
/// </summary>
internal static class SmsText
{
    const string Alphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    const string CountingTwice = "^{}\\[~]|€";

    const string Cut = "...";

    static readonly Dictionary<char, string> Alike = new()
    {
        ['“'] = "\"", ['”'] = "\"", ['„'] = "\"", ['’'] = "'", ['‘'] = "'", ['–'] = "-", ['—'] = "-", ['·'] = "-", ['…'] = Cut,
        ['º'] = "o", ['ª'] = "a", ['°'] = "o", ['•'] = "-", ['×'] = "x", ['\u00A0'] = " ",
    };

    /// <summary>Letters with accents that SMS does not have without them, and no pictures. What is written in other letters stays.</summary>
    public static string PlainLetters(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
            plain.Append(rune.IsBmp && IsIn((char)rune.Value) ? rune.ToString()
                : rune.IsBmp && Alike.TryGetValue((char)rune.Value, out var alike) ? alike
                : Rune.GetUnicodeCategory(rune) switch
                {
                    UnicodeCategory.OtherSymbol or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark => "",
                    _ => WithoutMarks(rune.ToString()),
                });
        return plain.ToString().Trim();
    }

    /// <summary>As much of it as goes into so many parts.</summary>
    public static string Fit(string text, int segments)
    {
        if (Fits(text, segments))
            return text;
        var end = 0;
        for (int next; end < text.Length; end += next)
        {
            next = StringInfo.GetNextTextElementLength(text.AsSpan(end));
            if (!Fits(text[..(end + next)] + Cut, segments))
                break;
        }
        return text[..end].TrimEnd() + Cut;
    }

    /// <summary>The parts a text has.</summary>
    public static int Segments(string text)
    {
        var (letters, one, each) = text.All(IsIn) ? (text.Length + text.Count(CountingTwice.Contains), 160, 153) : (text.Length, 70, 67);
        return letters <= one ? 1 : (letters + each - 1) / each;
    }

    static bool Fits(string text, int segments) => Segments(text) <= segments;

    static bool IsIn(char letter) => Alphabet.Contains(letter) || CountingTwice.Contains(letter);

    static string WithoutMarks(string letter) => letter.Normalize(NormalizationForm.FormD) is [var first, ..] && IsIn(first) ? $"{first}" : letter;
}
