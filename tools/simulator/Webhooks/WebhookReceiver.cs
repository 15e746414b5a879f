using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Webhooks;

/// <summary>Somebody's endpoints at <c>/webhooks/{endpoint}</c>. A message's key is its <c>webhook-id</c>.</summary>
public sealed class WebhookReceiver : IVendor
{
    internal const string Gone = "gone";

    private volatile IReadOnlyDictionary<string, string> _lastHeaders = new Dictionary<string, string>();

    internal WebhookReceiver(Inbox inbox) => Inbox = inbox;

    /// <summary>What was taken, by endpoint.</summary>
    public Inbox Inbox { get; }

    /// <summary>The headers of the last message that was taken.</summary>
    public IReadOnlyDictionary<string, string> LastHeaders
    {
        get => _lastHeaders;
        internal set => _lastHeaders = value;
    }

    /// <summary>The endpoints that answer 410: <c>gone</c>.</summary>
    public Refusals Refusals { get; } = new(Gone);

    object? IVendor.State => null;

    void IVendor.Clear()
    {
        Inbox.Clear();
        Refusals.Clear();
    }
}
