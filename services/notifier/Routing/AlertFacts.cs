using Sigma.Contracts;
using Sigma.Notifier.Alerts;

namespace Sigma.Notifier.Routing;

/// <summary>What routes, silences and inhibitions know of an alert.</summary>
internal sealed record AlertFacts
{
    /// <summary>Names that are no labels. A label of such a name is passed over.</summary>
    public static readonly IReadOnlyList<string> Fields = ["rule", "severity", "category", "source", "kind"];

    public required string Rule { get; init; }
    public required string Severity { get; init; }
    public required string Source { get; init; }
    public required string Kind { get; init; }
    public string? Category { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Whether it is a drill's: it goes where it was asked to go, and nothing holds it.</summary>
    public bool IsDrill => Drill.Is(Source);

    public static AlertFacts Of(AlertRaised alert) => new()
    {
        Rule = alert.Rule, Severity = alert.Severity, Source = alert.Source, Kind = alert.Kind, Category = alert.Category, Labels = alert.Labels,
    };

    public static AlertFacts Of(AlertCleared alert) => new()
    {
        Rule = alert.Rule, Severity = alert.Severity, Source = alert.Source, Kind = alert.Kind, Category = alert.Category, Labels = alert.Labels,
    };

    public static AlertFacts Of(Episode alert) => new()
    {
        Rule = alert.Rule, Severity = alert.Severity, Source = alert.Source, Kind = alert.Kind, Category = alert.Category, Labels = alert.Labels,
    };

    /// <summary>The field or label of a name; empty where the alert has none, as in Alertmanager.</summary>
    public string Value(string name) => name switch
    {
        "rule" => Rule,
        "severity" => Severity,
        "category" => Category ?? "",
        "source" => Source,
        "kind" => Kind,
        _ => Labels.GetValueOrDefault(name, ""),
    };
}
