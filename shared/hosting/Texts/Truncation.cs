using System.Globalization;

namespace Sigma.Hosting.Texts;

/// <summary>Truncates text to a length.</summary>
public static class Truncation
{
    /// <summary>At most this many characters, the last one … where something is left out; what is seen as one character is not torn.</summary>
    public static string Truncate(this string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = 0;
        for (int next; end + (next = StringInfo.GetNextTextElementLength(text.AsSpan(end))) < length;)
            end += next;
        return text[..end].TrimEnd() + "…";
    }

    /// <summary>Its beginning, as long as fits, and nothing in the place of the rest; half a character of two would not be text any more.</summary>
    public static string Beginning(this string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
