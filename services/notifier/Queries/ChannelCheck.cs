using Sigma.Notifier.Channels;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Queries;

/// <summary>Asks the vendors of the integrations whether what is set would do. Tells nobody anything.</summary>
public sealed class ChannelCheck
{
    readonly ReceiverSet _receivers;

    internal ChannelCheck(ReceiverSet receivers) => _receivers = receivers;

    /// <summary>Those that are on, in the order of the settings.</summary>
    public IReadOnlyList<CheckedIntegration> Integrations =>
        [.. _receivers.Channels.Where(channel => channel.Options.Enabled).Select(channel => new CheckedIntegration(channel))];
}

/// <summary>An integration whose vendor can be asked.</summary>
public sealed class CheckedIntegration
{
    readonly IChannel _channel;

    internal CheckedIntegration(IChannel channel) => _channel = channel;

    /// <summary>Its name.</summary>
    public string Name => _channel.Integration.Name;

    /// <summary>The type of its channel.</summary>
    public string Type => _channel.Integration.Type.Name;

    /// <summary>How a setting of it is written.</summary>
    public string Key(string name) => _channel.Integration.Key(name, name);

    /// <summary>Asks; returns what was seen, null where there is nothing to ask.</summary>
    /// <exception cref="Exception">It would not do; <see cref="FailureReason"/> says why.</exception>
    public Task<string?> Run(CancellationToken ct) => _channel.CheckVendor(ct);
}
