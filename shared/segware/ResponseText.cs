using System.Text;

namespace Sigma.Segware;

/// <summary>The words of an outside system, as they may stand in a log line or a reason.</summary>
public static class ResponseText
{
    /// <summary>The beginning of a text on one line, without control characters and half characters.</summary>
    public static string OneLine(string text, int limit)
    {
        StringBuilder line = new(Math.Min(text.Length, limit) + 1);
        var space = true;
        foreach (var rune in text.AsSpan().EnumerateRunes())
        {
            var isSpace = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune);
            if (line.Length >= limit)
                return line.Append('…').ToString();
            if (!isSpace || !space)
                line.Append(isSpace ? " " : rune.ToString());
            space = isSpace;
        }
        return line.ToString().TrimEnd();
    }
}
