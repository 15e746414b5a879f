using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Grafana;

/// <summary>
/// The signature that a contact point may have: HMAC with SHA-256 in hexadecimal digits, of the body, or of time and body where a header for the time
/// is
/// set at both ends.
/// </summary>
internal static class GrafanaSignature
{
    const string HeaderSetting = "SignatureHeader", TimeSetting = "TimestampHeader", UsualHeader = "X-Grafana-Alerting-Signature";

    /// <summary>What is wrong with it; null when it holds, or none is asked for.</summary>
    public static string? Fault(WebhookBody body, Integration integration)
    {
        if (integration.Secret is not { Length: > 0 } secret)
            return null;
        var header = integration.Settings.GetValueOrDefault(HeaderSetting) ?? UsualHeader;
        if (body.Header(header) is not { } signature)
            return $"the header {header} is missing";
        var before = "";
        if (integration.Settings.GetValueOrDefault(TimeSetting) is { Length: > 0 } timeHeader)
        {
            var signedAt = body.Header(timeHeader);
            if (SignedBody.OddTime(signedAt, body.ReceivedAt) is { } odd)
                return odd;
            before = signedAt + ":";
        }
        return SignedBody.IsHex(signature, SignedBody.Hmac(System.Text.Encoding.UTF8.GetBytes(secret), before, body.Bytes.Span)) ? null
            : "the signature is not of this body and secret";
    }
}
