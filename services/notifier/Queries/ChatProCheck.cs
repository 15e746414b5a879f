using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Queries;

/// <summary>Asks ChatPro whether messages can be sent. Sends nothing.</summary>
public sealed class ChatProCheck
{
    readonly ReceiverSettings _receivers;
    readonly ChatProOptions _ofDefault;
    readonly ApiClients _clients;
    readonly TimeProvider _time;

    internal ChatProCheck(ReceiverSettings receivers, IOptions<ChatProOptions> ofDefault, ApiClients clients, TimeProvider time)
    {
        _receivers = receivers;
        _ofDefault = ofDefault.Value;
        _clients = clients;
        _time = time;
    }

    /// <summary>One for each integration of WhatsApp, whose calls take no longer than this.</summary>
    public IReadOnlyList<ChatProInstance> Instances(TimeSpan longestCall) =>
        [.. from integration in _receivers.Integrations
            where integration.Settings is WhatsAppIntegrationOptions
            select new ChatProInstance(integration, OptionsOf(integration, longestCall), _clients, _time)];

    ChatProOptions OptionsOf(Integration integration, TimeSpan longestCall)
    {
        var options = WhatsAppChannel.ChatProOf(integration, (WhatsAppIntegrationOptions)integration.Settings, _ofDefault);
        options.Patience.Timeout = options.Patience.Timeout < longestCall ? options.Patience.Timeout : longestCall;
        return options;
    }
}

/// <summary>ChatPro, as an integration of WhatsApp has it.</summary>
public sealed class ChatProInstance
{
    readonly Integration _integration;
    readonly ChatProAccess _access;
    readonly ChatProApi _api;

    internal ChatProInstance(Integration integration, ChatProOptions options, ApiClients clients, TimeProvider time)
    {
        _integration = integration;
        Options = options;
        _access = new ChatProAccess(integration);
        _api = new ChatProApi(clients, integration.Name, options, _access, time);
    }

    /// <summary>The integration; null for that of the default receiver, which needs no name.</summary>
    public string? Integration => _integration.Section is null ? null : _integration.Name;

    /// <summary>Whether it is on.</summary>
    public bool IsEnabled => _integration.Settings.Enabled;

    /// <summary>Its settings.</summary>
    public ChatProOptions Options { get; }

    /// <summary>Why ChatPro refuses our token; null when it does not.</summary>
    public string? Refusal => _access.Refusal;

    /// <summary>How a setting of it is written.</summary>
    public string Key(string name) => _integration.Key($"ChatPro__{name}", $"ChatPro__{name}");

    /// <summary>Whether a phone is connected.</summary>
    /// <exception cref="Exception">The call failed; <see cref="FailureReason"/> says what that means.</exception>
    public Task<bool> IsConnected(CancellationToken ct) => _api.IsConnected(ct);
}

/// <summary>What a failed call to an API means, as deliveries say it.</summary>
public static class FailureReason
{
    /// <summary>In words.</summary>
    public static string Of(Exception failure) => DeliveryFailure.From(failure).Reason;
}
