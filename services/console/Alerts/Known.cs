using System.Diagnostics.CodeAnalysis;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>Texts that many alerts share are kept once: names of rules, sources, labels and companies.</summary>
internal static class Known
{
    const int Places = 1 << 14, Longest = 64;

    // One text a place: another one with the same hash takes it, so it never grows.
    static readonly string?[] Texts = new string?[Places];

    /// <summary>The same text, of which there is one as long as it is used often.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Text(string? text)
    {
        if (text is null || text.Length > Longest)
            return text;
        ref var place = ref Texts[(uint)text.GetHashCode() % Places];
        var known = place; // another thread may replace it meanwhile
        return known == text ? known : place = text;
    }
}
