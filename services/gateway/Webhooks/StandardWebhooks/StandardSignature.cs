using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.StandardWebhooks;

/// <summary>
/// The signature of the Standard Webhooks specification: HMAC with SHA-256 of id, time and raw body. Of several any one is enough, so that a sender
/// can
/// change its key. The other kind, <c>v1a</c>, is Ed25519, which .NET does not have: it never holds here.
/// </summary>
internal static class StandardSignature
{
    const int ShortestKey = 24, LongestKey = 64, MostSignatures = 16;
    const string KeyMark = "whsec_", Hmac = "v1,", Ed25519 = "v1a,";

    /// <summary>The sender's name for the delivery, the same on each of its tries.</summary>
    public static string? IdOf(WebhookBody body) => Header(body, "id");

    /// <summary>What is wrong with the signature; null when it holds.</summary>
    public static string? Fault(WebhookBody body, string? secret)
    {
        if (secret is null || KeyOf(secret) is not { } key)
            return "no secret of the sender's is set here";
        if (IdOf(body) is not { Length: > 0 } id || Header(body, "timestamp") is not { } signedAt || Header(body, "signature") is not { } signatures)
            return "webhook-id, webhook-timestamp or webhook-signature is missing";
        if (SignedBody.OddTime(signedAt, body.ReceivedAt) is { } odd)
            return odd;
        var expected = SignedBody.Hmac(key, $"{id}.{signedAt}.", body.Bytes.Span);
        var all = signatures.Split(' ', MostSignatures + 1, StringSplitOptions.RemoveEmptyEntries);
        if (all.Take(MostSignatures).Any(one => one.StartsWith(Hmac, StringComparison.Ordinal) && SignedBody.IsBase64(one[Hmac.Length..], expected)))
            return null;
        return all.All(one => one.StartsWith(Ed25519, StringComparison.Ordinal))
            ? "it is signed with Ed25519 (v1a) alone, which is not checked here: have the sender use a shared secret (v1)"
            : "the signature is not of this body and secret";
    }

    /// <summary>The key in a secret; null when there is none of a length that is allowed.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var text = secret.Trim();
        if (text.StartsWith(KeyMark, StringComparison.Ordinal))
            text = text[KeyMark.Length..];
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length is >= ShortestKey and <= LongestKey ? key[..length] : null;
    }

    static string? Header(WebhookBody body, string name) => body.Header("webhook-" + name) ?? body.Header("svix-" + name);
}
