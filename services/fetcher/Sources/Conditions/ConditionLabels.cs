using System.Text.Json;

namespace Sigma.Fetcher.Sources.Conditions;

/// <summary>Labels as a condition may have them: one whose labels are longer, as they are written, would have its whole batch refused.</summary>
internal static class ConditionLabels
{
    /// <summary>So many labels, and so many characters of them.</summary>
    public const int Most = 32, Longest = 1000;

    /// <summary>Whether they may stay as they are.</summary>
    public static bool Fit(IReadOnlyDictionary<string, string> labels) => labels.Count <= Most && JsonSerializer.Serialize(labels).Length <= Longest;

    /// <summary>The same, the longest values cut; always in the same way.</summary>
    public static IReadOnlyDictionary<string, string> Bounded(IReadOnlyDictionary<string, string> labels)
    {
        if (Fit(labels))
            return labels;
        Dictionary<string, string> cut = new(labels.Take(Most));
        while (!Fit(cut) && cut.OrderByDescending(label => label.Value.Length).ThenBy(label => label.Key, StringComparer.Ordinal).First()
            is { Value.Length: > 1 } longest)
            cut[longest.Key] = longest.Value[..(longest.Value.Length / 2)];
        return cut;
    }
}
