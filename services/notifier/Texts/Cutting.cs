namespace Sigma.Notifier;

internal static class Cutting
{
    /// <summary>At most this many characters, the last one … where something is left out; no surrogate pair is torn.</summary>
    public static string Cut(this string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end].TrimEnd() + "…";
    }
}
