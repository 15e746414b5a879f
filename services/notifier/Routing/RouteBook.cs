namespace Sigma.Notifier.Routing;

/// <summary>The routes that are in force. What no route fits goes to the first receiver.</summary>
internal sealed class RouteBook
{
    readonly AlertRoute _root;
    readonly Dictionary<string, AlertRoute> _routes = [];

    /// <param name="firstReceiver">Whom to tell where no route says otherwise.</param>
    /// <param name="routes">Parents before their children.</param>
    /// <param name="zone">Zone of hours that name none.</param>
    public RouteBook(string firstReceiver, IEnumerable<AlertRouteOptions> routes, TimeZoneInfo zone)
    {
        _root = new(firstReceiver);
        foreach (var route in routes)
            _routes.Add(route.Name, new(route, route.Parent.Length > 0 ? _routes[route.Parent] : _root, zone));
    }

    public bool IsEmpty => _routes.Count == 0;

    /// <summary>Receivers that some alert can go to.</summary>
    public IEnumerable<string> Receivers => _routes.Values.Append(_root).Select(route => route.Receiver).Distinct();

    /// <summary>The routes of an alert, at least one.</summary>
    public IReadOnlyList<AlertRoute> Of(AlertFacts alert) => _root.Of(alert);
}
