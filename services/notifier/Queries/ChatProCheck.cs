using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.Queries;

/// <summary>Asks ChatPro whether messages can be sent. Sends nothing.</summary>
public sealed class ChatProCheck
{
    readonly ChatProApi _api;
    readonly ChatProAccess _access;

    internal ChatProCheck(ChatProApi api, ChatProAccess access)
    {
        _api = api;
        _access = access;
    }

    /// <summary>Why ChatPro refuses our token; null when it does not.</summary>
    public string? Refusal => _access.Refusal;

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
