using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Routes;

/// <summary>The policy, as people look at it: a tree of routes, and what belongs to them.</summary>
/// <param name="Roots">Routes of the first level, in the order in which they are tried.</param>
/// <param name="All">Every route, by its name.</param>
/// <param name="Escalations">Who else is told of alerts that nobody takes on.</param>
/// <param name="Inhibitions">Which alerts hold back which others.</param>
public sealed record RouteTree(IReadOnlyList<RouteNode> Roots, IReadOnlyDictionary<string, RouteNode> All,
    IReadOnlyList<Owned<EscalationEntry>> Escalations, IReadOnlyList<Owned<InhibitionEntry>> Inhibitions)
{
    static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>What is in force: what people made is tried first, and is left out where it does not fit the settings.</summary>
    public static RouteTree Of(RoutePolicy policy)
    {
        var made = policy.Faults.Count > 0 ? new PolicyEntries() : Read(policy.Made);
        var settings = Read(policy.Settings);
        Dictionary<string, RouteNode> all = [];
        List<RouteNode> roots = [];
        foreach (var (route, isProvisioned) in made.Routes.Select(route => (route, false)).Concat(settings.Routes.Select(route => (route, true))))
        {
            RouteNode node = new(route, isProvisioned);
            (all.GetValueOrDefault(route.Parent) is { } parent ? parent.Children : roots).Add(node);
            all[route.Name] = node;
        }
        return new(roots, all,
            Both(made.Escalations, settings.Escalations), Both(made.Inhibitions, settings.Inhibitions));
    }

    /// <summary>The routes of a path, from the first level on; those that are not there any more are left out.</summary>
    public IReadOnlyList<RouteNode> OfPath(string path) =>
        [.. path.Split(" > ", StringSplitOptions.RemoveEmptyEntries).Select(name => All.GetValueOrDefault(name)).OfType<RouteNode>()];

    static List<Owned<T>> Both<T>(IEnumerable<T> made, IEnumerable<T> settings) =>
        [.. made.Select(one => new Owned<T>(one, false)), .. settings.Select(one => new Owned<T>(one, true))];

    static PolicyEntries Read(JsonObject policy)
    {
        try
        {
            return policy.Deserialize<PolicyEntries>(Json) ?? new();
        }
        catch (JsonException)
        {
            return new(); // of a notifier that knows more: its text is shown
        }
    }

    sealed record PolicyEntries
    {
        public IReadOnlyList<RouteEntry> Routes { get; init; } = [];

        public IReadOnlyList<EscalationEntry> Escalations { get; init; } = [];

        public IReadOnlyList<InhibitionEntry> Inhibitions { get; init; } = [];
    }
}

/// <summary>A route with those below it.</summary>
/// <param name="Route">What it says.</param>
/// <param name="IsProvisioned">Whether the settings have it, and not people.</param>
public sealed record RouteNode(RouteEntry Route, bool IsProvisioned)
{
    /// <summary>Those below it, in the order in which they are tried.</summary>
    public List<RouteNode> Children { get; } = [];
}

/// <summary>Something of the policy, and whose it is.</summary>
/// <param name="Value">What it says.</param>
/// <param name="IsProvisioned">Whether the settings have it, and not people.</param>
public sealed record Owned<T>(T Value, bool IsProvisioned);

/// <summary>A route.</summary>
public sealed record RouteEntry
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Name of the route above it; empty for the first level.</summary>
    public string Parent { get; init; } = "";

    /// <summary>Conditions that an alert must all fit.</summary>
    public IReadOnlyList<string> Matchers { get; init; } = [];

    /// <summary>Who is told; the parent's when it is empty.</summary>
    public string Receiver { get; init; } = "";

    /// <summary>Whether the routes after it are tried too.</summary>
    public bool Continue { get; init; }

    /// <summary>When its receiver is told; the parent's when there is none.</summary>
    public IReadOnlyList<string> Hours { get; init; } = [];

    /// <summary>Name of its escalation.</summary>
    public string Escalation { get; init; } = "";
}

/// <summary>An escalation.</summary>
public sealed record EscalationEntry
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>One after the other.</summary>
    public IReadOnlyList<FoundStep> Steps { get; init; } = [];

    /// <summary>How often all of them are repeated.</summary>
    public int Repeat { get; init; }
}

/// <summary>An inhibition.</summary>
public sealed record InhibitionEntry
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Which alerts hold back.</summary>
    public IReadOnlyList<string> Source { get; init; } = [];

    /// <summary>Which are held back.</summary>
    public IReadOnlyList<string> Target { get; init; } = [];

    /// <summary>What both must have in common.</summary>
    public IReadOnlyList<string> Equal { get; init; } = [];
}
