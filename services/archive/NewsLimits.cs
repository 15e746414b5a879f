namespace Sigma.Archive;

/// <summary>What is wrong with an item of news before anything is stored of its batch.</summary>
internal static class NewsLimits
{
    const int MostLabels = 100, LongestLabels = 32_000, LongestText = 1_000_000;

    static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string? Labels(IReadOnlyDictionary<string, string>? labels) => labels is null ? "has no labels" : Pairs("label", labels);

    /// <summary>What is wrong with names and values.</summary>
    public static string? Pairs(string what, IReadOnlyDictionary<string, string> pairs)
    {
        if (pairs.Count > MostLabels)
            return $"has more than {MostLabels} {what}s";
        var length = 0;
        foreach (var (name, value) in pairs)
        {
            if (name.Length == 0 || value is null)
                return $"has a {what} without a name or a value";
            length += name.Length + value.Length;
        }
        return length > LongestLabels ? $"has {what}s that are longer than {LongestLabels} characters" : null;
    }

    public static string? Text(string? text) =>
        text is null ? "has no text" : text.Length > LongestText ? $"has a text of more than {LongestText:#,0} characters" : null;

    /// <summary>Times that no file is made for, whatever the settings say.</summary>
    public static bool IsPossible(DateTimeOffset time) => time >= Earliest && time < Latest;
}
