using Sigma.Notifier.Channels;
using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Receivers;

/// <summary>Chooses whom to tell of an alert, by the routes. A drill goes to the first receiver, whatever they say.</summary>
internal sealed class ReceiverChoice(ReceiverSet receivers)
{
    /// <summary>Each channel once.</summary>
    public IReadOnlyList<IChannel> Of(RouteBook routes, AlertFacts alert) => alert.IsDrill ? receivers.Default
        : [.. routes.Of(alert).SelectMany(route => receivers.Of(route.Receiver)).Distinct()];

    /// <summary>The receivers of an alert and the routes to them, in words; null where there are no routes.</summary>
    public static string? Reason(RouteBook routes, AlertFacts alert) => routes.IsEmpty ? null : string.Join("; ", routes.Of(alert)
        .Select(route => route.Path.Length > 0 ? $"{route.Receiver} by {route.Path}" : $"{route.Receiver}, for no route fits"));
}
