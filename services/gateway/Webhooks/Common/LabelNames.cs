using System.Text;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>Names of labels, as they are here: in lower case, of letters, digits, and <c>_ . : / -</c>.</summary>
internal static class LabelNames
{
    const int Longest = 64;

    /// <summary>Null when nothing is left of it, or when it is one of the sender's internals (<c>__name__</c>).</summary>
    public static string? Of(string name)
    {
        var trimmed = name.Trim();
        if (trimmed.StartsWith("__", StringComparison.Ordinal))
            return null;
        StringBuilder plain = new(Math.Min(trimmed.Length, Longest));
        foreach (var rune in trimmed.EnumerateRunes())
        {
            if (plain.Length + rune.Utf16SequenceLength > Longest)
                break;
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '.' or ':' or '/' or '-')
                plain.Append(Rune.ToLowerInvariant(rune));
            else if (plain.Length > 0 && plain[^1] != '_')
                plain.Append('_');
        }
        var kept = plain.ToString().Trim('_', '.', ':', '/', '-');
        return kept.Length > 0 ? kept : null;
    }
}
