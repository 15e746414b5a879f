using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Routes;

namespace Sigma.OperatorConsole.Pages.Routes;

/// <summary>An inhibition, as it is typed: lists are lines.</summary>
public sealed class InhibitionForm : PolicyEntryForm
{
    /// <summary>Conditions of the alert that holds back, one a line.</summary>
    public string? Source { get; set; }

    /// <summary>Conditions of the alerts that are held back, one a line.</summary>
    public string? Target { get; set; }

    /// <summary>Labels that both have in common, one a line.</summary>
    public string? Equal { get; set; }

    internal static InhibitionForm Of(JsonObject? entry, string name, long revision) => new()
    {
        Revision = revision, Was = entry is null ? null : name, Name = name, Source = Texts(entry, "Source"), Target = Texts(entry, "Target"),
        Equal = Texts(entry, "Equal"),
    };

    /// <summary>As the policy has it.</summary>
    internal Dictionary<string, JsonNode?> Entry() => new()
    {
        ["Name"] = Name?.Trim() ?? "", ["Source"] = PolicyDraft.List(Lines(Source)), ["Target"] = PolicyDraft.List(Lines(Target)),
        ["Equal"] = PolicyDraft.List(Lines(Equal)),
    };
}
