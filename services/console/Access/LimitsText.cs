namespace Sigma.OperatorConsole.Access;

/// <summary>Limits as people and servers write them: <c>company=Vigília Sul</c>, one a line; a label that comes again has several values.</summary>
internal static class LimitsText
{
    const int MostLabels = 20, MostValues = 200, LongestName = 100, LongestValue = 255;

    /// <summary>Reads them; null when that cannot be done.</summary>
    public static LabelLimits? Read(IEnumerable<string> lines)
    {
        Dictionary<string, List<string>> found = [];
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == line.Length - 1)
                return null;
            var name = line[..at].Trim();
            if (!found.TryGetValue(name, out var values))
                found[name] = values = [];
            values.Add(line[(at + 1)..].Trim());
        }
        return Checked(found.ToDictionary(limit => limit.Key, IReadOnlyList<string> (limit) => limit.Value));
    }

    /// <summary>Reads what is in a text field.</summary>
    public static LabelLimits? Read(string? text) => Read((text ?? "").Split('\n'));

    /// <summary>Those of a program; null when something is wrong with them.</summary>
    public static LabelLimits? Checked(IReadOnlyDictionary<string, IReadOnlyList<string>>? limits)
    {
        if (limits is null || limits.Count == 0)
            return LabelLimits.None;
        if (limits.Count > MostLabels)
            return null;
        foreach (var (name, values) in limits)
            if (!UserNames.IsVisible(name, LongestName) || values is not { Count: > 0 and <= MostValues }
                || values.Any(value => value is null || !UserNames.IsVisible(value, LongestValue)))
                return null;
        return new(limits.ToDictionary(limit => limit.Key, IReadOnlyList<string> (limit) => [.. limit.Value.Distinct(StringComparer.Ordinal)]));
    }

    /// <summary>As they are written.</summary>
    public static string Write(LabelLimits limits) => string.Join('\n', limits.Values.SelectMany(limit => limit.Value.Select(value =>
        $"{limit.Key}={value}")));
}
