using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>What an integration's mapping finds in an alert, before where its sender usually has it.</summary>
internal static class MappedFields
{
    /// <summary>The first of the paths, separated by commas, that has a value.</summary>
    public static JsonValue? Find(JsonValue alert, string? paths)
    {
        foreach (var path in Words(paths))
            if (alert.At(path) is { IsThere: true } found && found.Shown is not null)
                return found;
        return null;
    }

    public static string? Text(JsonValue alert, string? paths) => Find(alert, paths)?.Shown;

    /// <summary>Severity by the mapping's path, else by the sender's own word.</summary>
    /// <returns>The severity, and the word when it says none that is known: it is kept as a label.</returns>
    public static (string? Severity, string? UnknownWord) Severity(JsonValue alert, Integration integration, string? usual)
    {
        var word = Text(alert, integration.Mapping.Severity) ?? usual;
        var severity = SeverityWords.OfEnd(word, integration);
        return (severity, severity is null ? word : null);
    }

    /// <summary>Labels by the mapping, which win over the sender's.</summary>
    public static LabelList Labels(JsonValue alert, Integration integration)
    {
        LabelList labels = new();
        foreach (var (name, path) in integration.Mapping.Labels)
            labels.Add(name, Text(alert, path));
        return labels;
    }

    /// <summary>The words of a list with commas.</summary>
    public static string[] Words(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
