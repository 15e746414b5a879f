using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Routes;

namespace Sigma.OperatorConsole.Pages.Routes;

/// <summary>What the forms of all entries of the policy have.</summary>
public abstract class PolicyEntryForm
{
    /// <summary>What the button that changes it sends.</summary>
    public const string Save = "save";

    /// <summary>What the button that takes it away sends.</summary>
    public const string Remove = "remove";

    /// <summary>The last change of the routes when it was read.</summary>
    public long Revision { get; set; }

    /// <summary>The name it had; empty for a new one.</summary>
    public string? Was { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Why.</summary>
    public string? Why { get; set; }

    /// <summary>Which button was pressed.</summary>
    public string? Action { get; set; }

    internal string? Old => string.IsNullOrEmpty(Was) ? null : Was;

    internal string? Reason => string.IsNullOrWhiteSpace(Why) ? null : Why.Trim();

    private protected static JsonNode? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private protected static string Text(JsonObject? entry, string field) => entry is null ? "" : PolicyDraft.Text(entry, field);

    private protected static string Texts(JsonObject? entry, string field) =>
        entry is null ? "" : string.Join('\n', PolicyDraft.Texts(entry, field));

    private protected static IReadOnlyList<string> Lines(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
