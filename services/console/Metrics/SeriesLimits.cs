using System.Globalization;
using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Metrics;

/// <summary>The limits that rules of the kind threshold have for a series.</summary>
public static class SeriesLimits
{
    /// <summary>Those of rules that watch a series of this name, whatever their source and labels are.</summary>
    public static IReadOnlyList<SeriesLimit> Of(string series, IEnumerable<ListedRule> rules) =>
    [
        .. from rule in rules
           where rule.Rule is { } says && Text(says, "kind") == "threshold" && (Text(says, "series") ?? series) == series
           from limit in Limits(rule)
           select limit,
    ];

    static IEnumerable<SeriesLimit> Limits(ListedRule rule)
    {
        foreach (var name in (string[])["limit", "upperLimit"])
            if (Text(rule.Rule!, name) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                yield return new(rule.Name, value);
    }

    // Rules write their fields with a capital or without, numbers as numbers or as texts.
    static string? Text(JsonObject rule, string name) =>
        rule.FirstOrDefault(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.ToString();
}

/// <summary>A limit of a rule.</summary>
public sealed record SeriesLimit(string Rule, double Value);
