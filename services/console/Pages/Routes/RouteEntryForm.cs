using System.Text.Json.Nodes;
using Sigma.Hosting.Time;
using Sigma.OperatorConsole.Routes;

namespace Sigma.OperatorConsole.Pages.Routes;

/// <summary>A route or a maintenance window, as it is typed: lists are lines.</summary>
public sealed class RouteEntryForm : PolicyEntryForm
{
    /// <summary>What the button that only looks sends.</summary>
    public const string Preview = "preview";

    /// <summary>Name of the route above it.</summary>
    public string? Parent { get; set; }

    /// <summary>A condition a line.</summary>
    public string? Matchers { get; set; }

    /// <summary>Who is told.</summary>
    public string? Receiver { get; set; }

    /// <summary>Whether the routes after it are tried too.</summary>
    public bool Continue { get; set; }

    /// <summary>Hours, a line each.</summary>
    public string? Hours { get; set; }

    /// <summary>Name of its escalation.</summary>
    public string? Escalation { get; set; }

    /// <summary>Name of the route that it stands before; empty where it stays, or at the end.</summary>
    public string? Before { get; set; }

    internal IReadOnlyList<string> MatcherList => Lines(Matchers);

    internal static RouteEntryForm Of(JsonObject? entry, string name, long revision) => new()
    {
        Revision = revision, Was = entry is null ? null : name, Name = name, Parent = Text(entry, "Parent"), Matchers = Texts(entry, "Matchers"),
        Receiver = Text(entry, "Receiver"), Continue = entry is not null && PolicyDraft.Flag(entry, "Continue"), Hours = Texts(entry, "Hours"),
        Escalation = Text(entry, "Escalation"),
    };

    /// <summary>As the policy has a route.</summary>
    internal Dictionary<string, JsonNode?> Route() => new()
    {
        ["Name"] = Name?.Trim() ?? "", ["Parent"] = Given(Parent), ["Matchers"] = PolicyDraft.List(MatcherList), ["Receiver"] = Given(Receiver),
        ["Continue"] = Continue ? true : null, ["Hours"] = PolicyDraft.List(Lines(Hours)), ["Escalation"] = Given(Escalation),
    };

    /// <summary>As the policy has a maintenance window.</summary>
    internal Dictionary<string, JsonNode?> Window() => new()
    {
        ["Name"] = Name?.Trim() ?? "", ["Matchers"] = PolicyDraft.List(MatcherList), ["Hours"] = PolicyDraft.List(Lines(Hours)),
    };

    /// <summary>The hours; null when they cannot be read.</summary>
    internal HourSet? ReadHours(TimeZoneInfo zone)
    {
        try
        {
            return Lines(Hours) is { Count: > 0 } hours ? HourSet.Parse(hours, zone) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
