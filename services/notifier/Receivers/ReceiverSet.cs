using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Receivers;

/// <summary>The receivers and their channels, ready to be used.</summary>
internal sealed class ReceiverSet
{
    readonly Dictionary<string, IChannel> _channels;
    readonly Dictionary<string, IReadOnlyList<IChannel>> _ofReceivers;

    public ReceiverSet(IServiceProvider services, ReceiverSettings settings)
    {
        _channels = settings.Integrations.ToDictionary(integration => integration.Name,
            integration => integration.Type.Create(services, integration));
        _ofReceivers = settings.All.ToDictionary(receiver => receiver.Name,
            receiver => (IReadOnlyList<IChannel>)[.. receiver.Integrations.Select(integration => _channels[integration.Name])]);
        Default = _ofReceivers[settings.All[0].Name];
    }

    /// <summary>The channels of all receivers.</summary>
    public IReadOnlyCollection<IChannel> Channels => _channels.Values;

    /// <summary>Those of the first receiver: whom to tell where nothing says otherwise.</summary>
    public IReadOnlyList<IChannel> Default { get; }

    /// <summary>Those of a receiver; none when this notifier's settings have none of that name.</summary>
    public IReadOnlyList<IChannel> Of(string receiver) => _ofReceivers.GetValueOrDefault(receiver, []);

    /// <summary>The channel of an integration; null when this notifier's settings have none of that name.</summary>
    public IChannel? Find(string integration) => _channels.GetValueOrDefault(integration);
}
