using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.StandardWebhooks;

/// <summary>
/// The signature of the Standard Webhooks specification, of id, time and raw body. Of several any one is enough, so that a sender can change its key.
/// </summary>
internal static class StandardSignature
{
    const int MostSignatures = 16;

    /// <summary>The sender's name for the delivery, the same on each of its tries.</summary>
    public static string? IdOf(WebhookBody body) => Header(body, "id");

    /// <summary>What is wrong with the signature; null when it holds.</summary>
    public static string? Fault(WebhookBody body, string? secret)
    {
        if (secret is null || StandardKey.Parse(secret) is not { } key)
            return "no secret or public key of the sender's is set here";
        if (IdOf(body) is not { Length: > 0 } id || Header(body, "timestamp") is not { } signedAt || Header(body, "signature") is not { } signatures)
            return "webhook-id, webhook-timestamp or webhook-signature is missing";
        if (SignedBody.OddTime(signedAt, body.ReceivedAt) is { } odd)
            return odd;
        var all = signatures.Split(' ', MostSignatures + 1, StringSplitOptions.RemoveEmptyEntries).Take(MostSignatures);
        var checkable = all.Where(key.Checks).ToList();
        return checkable.Count == 0 ? key.Other
            : key.Holds(checkable, $"{id}.{signedAt}.", body.Bytes.Span) ? null : "the signature is not of this body and key";
    }

    static string? Header(WebhookBody body, string name) => body.Header("webhook-" + name) ?? body.Header("svix-" + name);
}
