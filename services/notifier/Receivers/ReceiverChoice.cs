using Sigma.Notifier.Channels;
using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Receivers;

/// <summary>Chooses whom to tell of an alert, by the routes. A drill goes to the first receiver, whatever they say.</summary>
internal sealed class ReceiverChoice(ReceiverSet receivers, NotificationPolicy policy)
{
    /// <summary>Each channel once.</summary>
    public IReadOnlyList<IChannel> Of(AlertFacts alert) => alert.IsDrill ? receivers.Default
        : [.. policy.Routes.Of(alert).SelectMany(route => receivers.Of(route.Receiver)).Distinct()];
}
