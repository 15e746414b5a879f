using Sigma.Hosting.Time;

namespace Sigma.Notifier.Routing;

/// <summary>A route, with what it has from its parent.</summary>
internal sealed class AlertRoute
{
    readonly List<AlertRoute> _children = [];
    readonly MatcherSet _matchers;
    readonly bool _continue;

    /// <summary>The one that every alert fits.</summary>
    public AlertRoute(string receiver)
    {
        Name = "";
        Receiver = receiver;
        _matchers = MatcherSet.Every;
    }

    public AlertRoute(AlertRouteOptions options, AlertRoute parent, TimeZoneInfo zone)
    {
        Name = options.Name;
        Path = parent.Path.Length > 0 ? $"{parent.Path} > {Name}" : Name;
        Receiver = options.Receiver.Length > 0 ? options.Receiver : parent.Receiver;
        Hours = options.Hours.Count > 0 ? HourSet.Parse(options.Hours, zone) : parent.Hours;
        Escalation = options.Escalation.Length > 0 ? options.Escalation : parent.Escalation;
        _matchers = MatcherSet.Parse(options.Matchers);
        _continue = options.Continue;
        parent._children.Add(this);
    }

    public string Name { get; }

    /// <summary>Its name after those of the routes above it; empty where no route fits.</summary>
    public string Path { get; } = "";

    public string Receiver { get; }

    /// <summary>When its receiver is told; null for always.</summary>
    public HourSet? Hours { get; }

    /// <summary>The escalation by which more are told; empty for none.</summary>
    public string Escalation { get; } = "";

    /// <summary>Those an alert ends at: as in Alertmanager, a route's own only where none of its children fits.</summary>
    public IReadOnlyList<AlertRoute> Of(AlertFacts alert)
    {
        if (!_matchers.Fit(alert))
            return [];
        List<AlertRoute> found = [];
        foreach (var child in _children)
        {
            var deeper = child.Of(alert);
            found.AddRange(deeper);
            if (deeper.Count > 0 && !child._continue)
                break;
        }
        return found.Count > 0 ? found : [this];
    }
}
