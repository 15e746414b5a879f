using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Pages.Sources;

/// <summary>An integration while it is typed: lists as lines of a name, an equals sign and a value.</summary>
public sealed class IntegrationForm
{
    /// <summary>What an integration may speak.</summary>
    internal static readonly IReadOnlyList<string> Kinds = ["generic", "grafana", "alertmanager", "gcp", "aws", "azure", "oci", "pagerduty",
        "uptime-kuma", "zabbix", "standard-webhook", "logs", "metrics", "beats"];

    /// <summary>The severities, the worst first.</summary>
    internal static readonly IReadOnlyList<string> Severities = ["critical", "high", "medium", "low", "info"];

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>What it speaks.</summary>
    public string? Kind { get; set; }

    /// <summary>Severity of what says none.</summary>
    public string? DefaultSeverity { get; set; }

    /// <summary>Severity words, a line each.</summary>
    public string? SeverityWords { get; set; }

    /// <summary>Labels, a line each.</summary>
    public string? Labels { get; set; }

    /// <summary>Where in the body is what, a line each.</summary>
    public string? Mapping { get; set; }

    /// <summary>A duration.</summary>
    public string? CloseAfter { get; set; }

    /// <summary>A new secret.</summary>
    public string? Secret { get; set; }

    /// <summary>Whether it is taken in.</summary>
    public bool On { get; set; } = true;

    /// <summary>Why it is changed.</summary>
    public string? Why { get; set; }

    /// <summary>The form of an integration.</summary>
    internal static IntegrationForm Of(GatewayIntegration integration)
    {
        var says = integration.Integration ?? [];
        return new()
        {
            Name = integration.Name, Kind = integration.Kind, DefaultSeverity = says["defaultSeverity"]?.GetValue<string>(),
            SeverityWords = Lines(says["severityWords"]), Labels = Lines(says["labels"]), Mapping = Lines(says["mapping"]),
            CloseAfter = says["closeAfter"]?.GetValue<string>(), On = integration.On,
        };
    }

    /// <summary>The integration. What this form does not know of it stays as it is.</summary>
    /// <exception cref="FormatException">A line has no equals sign; the message is the line.</exception>
    internal JsonObject ToJson(JsonObject? before)
    {
        var says = before?.DeepClone().AsObject() ?? [];
        says["name"] = Name?.Trim() ?? "";
        says["kind"] = Kind;
        says["defaultSeverity"] = DefaultSeverity;
        says["severityWords"] = Object(SeverityWords);
        says["labels"] = Object(Labels);
        var mapping = Object(Mapping);
        if (mapping.Count > 0 || says["mapping"] is not null)
            says["mapping"] = mapping;
        says["closeAfter"] = string.IsNullOrWhiteSpace(CloseAfter) ? null : CloseAfter.Trim();
        says["on"] = On;
        if (!string.IsNullOrEmpty(Secret))
            says["secret"] = Secret;
        return says;
    }

    static JsonObject Object(string? lines)
    {
        JsonObject made = [];
        foreach (var line in (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, var value])
                throw new FormatException(line);
            Put(made, name, value);
        }
        return made;
    }

    // Labels.host=… is within Labels.
    static void Put(JsonObject to, string name, string value)
    {
        if (name.Split('.', 2) is [var group, { Length: > 0 } within] && group.Equals("labels", StringComparison.OrdinalIgnoreCase))
        {
            if (to["labels"] is not JsonObject labels)
                to["labels"] = labels = [];
            labels[within] = value;
        }
        else
            to[char.ToLowerInvariant(name[0]) + name[1..]] = value;
    }

    static string Lines(JsonNode? node, string before = "") => node is not JsonObject values ? "" : string.Join('\n', values
        .Where(value => value.Value is not null && (value.Value is not JsonObject { Count: 0 }))
        .Select(value => value.Value is JsonObject within ? Lines(within, $"{value.Key}.") : $"{before}{value.Key}={value.Value}"));
}
