using System.Globalization;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>Cuts what is too long, and says so where it was cut.</summary>
internal static class Truncated
{
    /// <summary>The text, or as much of it as leaves room for the mark.</summary>
    public static string Of(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var mark = string.Create(CultureInfo.InvariantCulture, $"… [cut, {text.Length} characters]");
        var at = Math.Max(0, longest - mark.Length);
        if (at > 0 && char.IsHighSurrogate(text[at - 1]))
            at--;
        return string.Concat(text.AsSpan(0, at), mark);
    }
}
