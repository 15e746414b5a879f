using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Webhooks;

/// <summary>Somebody's endpoints at <c>/webhooks/{endpoint}</c>. A message's key is its <c>webhook-id</c>.</summary>
public sealed class WebhookReceiver : IVendor
{
    internal const string Gone = "gone";

    internal WebhookReceiver(Inbox inbox) => Inbox = inbox;

    /// <summary>What was taken, by endpoint.</summary>
    public Inbox Inbox { get; }

    /// <summary>The endpoints that answer 410: <c>gone</c>.</summary>
    public Refusals Refusals { get; } = new(Gone);

    object? IVendor.State => null;

    void IVendor.Clear()
    {
        Inbox.Clear();
        Refusals.Clear();
    }
}
