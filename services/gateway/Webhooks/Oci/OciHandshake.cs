using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Oci;

/// <summary>A subscription that wants to be confirmed, told by a header; its body need not be JSON.</summary>
internal static class OciHandshake
{
    const string UsualHosts = ".oraclecloud.com", HostsSetting = "ConfirmationHosts";

    public static bool Is(WebhookBody body) =>
        body.Header("X-OCI-NS-MessageType")?.Equals("SubscriptionConfirmation", StringComparison.OrdinalIgnoreCase) == true;

    public static Reading Read(WebhookBody body, Integration integration)
    {
        var written = body.Header("X-OCI-NS-ConfirmationURL")
            ?? JsonBody.TryRead(System.Text.Encoding.UTF8.GetString(body.Bytes.Span))?["ConfirmationURL"].Text;
        var topic = body.Header("X-OCI-NS-TopicOcid");
        var name = body.Header("X-OCI-NS-TopicName") ?? topic ?? "a topic";
        var address = AddressOf(written, integration);
        return new()
        {
            ConfirmAt = address,
            Items =
            [
                NewsLimits.Fit(new()
                {
                    State = UnderstoodState.Handshake,
                    ExternalId = ExternalIds.Of("subscription", body.Header("X-OCI-NS-SubscriptionId") ?? topic ?? name),
                    Title = address is not null ? $"The topic {name} wants its subscription confirmed"
                        : $"The topic {name} wants its subscription confirmed at an address that is not Oracle's: it is not visited",
                    Region = OciRegion.OfOcid(body.Header("X-OCI-NS-SubscriptionId")),
                    DeliveryKey = body.Header("X-OCI-NS-MessageId"),
                }, body.ReceivedAt),
            ],
        };
    }

    public static IEnumerable<ValidationResult> Faults(Integration integration) =>
        Hosts(integration).Where(host => host is not ['.', _, ..] || !host.AsSpan(1).Contains('.'))
            .Select(host => new ValidationResult($"has {host}, which is no end of host names such as {UsualHosts}", [$"Settings__{HostsSetting}"]));

    // Looked at before it is called: else who can send has us call anything.
    static Uri? AddressOf(string? written, Integration integration) => Uri.TryCreate(written, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && uri.UserInfo.Length == 0
        && Hosts(integration).Any(end => uri.IdnHost.EndsWith(end, StringComparison.OrdinalIgnoreCase)) ? uri : null;

    static string[] Hosts(Integration integration) =>
        MappedFields.Words(integration.Settings.GetValueOrDefault(HostsSetting) is { Length: > 0 } own ? own : UsualHosts);
}
