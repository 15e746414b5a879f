using Microsoft.Extensions.Options;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Queries;

/// <summary>The integrations of all receivers, as the settings have them.</summary>
public static class IntegrationQuery
{
    /// <summary>In the order of the settings.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static IReadOnlyList<ConfiguredIntegration> All(IConfiguration configuration) =>
    [
        .. ReceiverSettings.Read(configuration).Integrations.Select(integration => new ConfiguredIntegration(integration)),
    ];
}

/// <summary>An integration of a receiver.</summary>
public sealed class ConfiguredIntegration
{
    readonly Integration _integration;

    internal ConfiguredIntegration(Integration integration) => _integration = integration;

    /// <summary>Name of the receiver.</summary>
    public string Receiver => _integration.Receiver;

    /// <summary>Its name, as deliveries have it.</summary>
    public string Name => _integration.Name;

    /// <summary>The type of its channel.</summary>
    public string Type => _integration.Type.Name;

    /// <summary>The queue with its deliveries.</summary>
    public string Queue => _integration.Type.Queue;

    /// <summary>Its settings.</summary>
    public ChannelOptions Settings => _integration.Settings;

    /// <summary>Whom it tells, as it may be shown; null where there is nobody to show.</summary>
    public string? Recipient => _integration.Settings.ShownRecipient;

    /// <summary>How a setting of it is written.</summary>
    /// <param name="name">Below its section.</param>
    /// <param name="byDefault">In the settings of the default receiver.</param>
    public string Key(string name, string byDefault) => _integration.Key(name, byDefault);
}
