using MassTransit;
using Sigma.Hosting;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Channels;

/// <summary>A type of channel: its name, its queue, its settings, and how one is made for an integration.</summary>
internal abstract class ChannelType(string name)
{
    /// <summary>In the settings and in the queue's name.</summary>
    public string Name => name;

    /// <summary>The queue with its deliveries, whichever integration they are for.</summary>
    public string Queue => NotifierQueues.OfChannel(name);

    /// <summary>Whether the receiver of those who set none has one, by the settings it takes from sections of its own.</summary>
    public bool IsOfDefaultReceiver { get; init; }

    /// <summary>Whether the default receiver's is off where nothing is said: what it cannot do without is not set.</summary>
    public Func<IConfiguration, bool> IsOffByDefault { get; init; } = _ => false;

    /// <summary>The class of its settings.</summary>
    public abstract Type Settings { get; }

    /// <summary>The class of its channels.</summary>
    public abstract Type Channel { get; }

    /// <summary>Its queue, and what it needs in the process.</summary>
    public abstract void Add(ServiceBuilder service);

    /// <summary>Settings that an integration's own are added to.</summary>
    public abstract ChannelOptions NewSettings(IConfiguration configuration);

    /// <summary>Settings of the default receiver's one.</summary>
    public abstract ChannelOptions DefaultSettings(IConfiguration configuration);

    /// <summary>The channel of an integration.</summary>
    public abstract IChannel Create(IServiceProvider services, Integration integration);
}

/// <summary>A type of channel whose channels are made with their integration, their settings, and what the process has.</summary>
/// <param name="name">Its name.</param>
/// <param name="add">Adds what all channels of the type share.</param>
internal sealed class ChannelType<TChannel, TSettings>(string name, Action<ServiceBuilder>? add = null) : ChannelType(name)
    where TChannel : class, IChannel where TSettings : ChannelOptions, new()
{
    /// <summary>Sections that say what an integration's own settings do not, and which part of the settings they are.</summary>
    public IReadOnlyList<(string Section, Func<TSettings, object> Part)> Inherits { get; init; } = [];

    /// <summary>Takes back what an integration must say itself.</summary>
    public Action<TSettings> NotInherited { get; init; } = _ => { };

    public override Type Settings => typeof(TSettings);

    public override Type Channel => typeof(TChannel);

    public override void Add(ServiceBuilder service)
    {
        service.Consumers(bus => bus.AddConsumer<DeliveryConsumer<TChannel>, DeliveryConsumerDefinition<TChannel>>());
        add?.Invoke(service);
    }

    public override ChannelOptions NewSettings(IConfiguration configuration)
    {
        var settings = (TSettings)DefaultSettings(configuration);
        NotInherited(settings);
        return settings;
    }

    public override ChannelOptions DefaultSettings(IConfiguration configuration)
    {
        TSettings settings = new();
        foreach (var (section, part) in Inherits)
            SettingsReader.Add(part(settings), configuration, section);
        return settings;
    }

    public override IChannel Create(IServiceProvider services, Integration integration) =>
        ActivatorUtilities.CreateInstance<TChannel>(services, integration, (TSettings)integration.Settings);
}
