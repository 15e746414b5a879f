namespace Sigma.Archive;

/// <summary>
/// Says what is wrong with a batch before anything is stored of it. One that breaks the contract ends in the error queue with its reason.
/// </summary>
internal static class NewsLimits
{
    const int LongestSource = 64, MostItems = 10_000, MostLabels = 100, LongestLabels = 32_000, LongestText = 1_000_000;

    static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="InvalidDataException">The batch breaks the contract.</exception>
    public static void Check<T>(string what, string? source, IReadOnlyList<T>? items, Func<T, string?> fault)
    {
        var found = source is not { Length: > 0 and <= LongestSource } ? $"its source is not 1 to {LongestSource} characters long"
            : items is null ? $"its list of {what} is missing"
            : items.Count > MostItems ? $"it has {items.Count:#,0} {what}, more than {MostItems:#,0}"
            : items.Select((item, index) => item is null ? $"number {index} of its {what} is missing"
                : fault(item) is { } wrong ? $"number {index} of its {what} {wrong}" : null).FirstOrDefault(wrong => wrong is not null);
        if (found is not null)
            throw new InvalidDataException($"Refused: {found} ({what} of {source?[..Math.Min(source.Length, LongestSource)]})");
    }

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
