using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Sigma.Notifier.Channels.Webhook;

/// <summary>The headers of Standard Webhooks: who receives a call can tell that it is ours, new, and not a repetition.</summary>
internal sealed class WebhookSignature(IEnumerable<string> secrets)
{
    const string Prefix = "whsec_";
    const int ShortestKey = 24, LongestKey = 64;

    readonly byte[][] _keys = [.. secrets.Select(KeyOf).OfType<byte[]>()];

    /// <summary>The key in a secret; null when there is none.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var key = new byte[LongestKey + 1];
        return secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length)
            && length is >= ShortestKey and <= LongestKey ? key[..length] : null;
    }

    /// <summary>Signs a body as it is sent, with every key: the receiver is content with one that it knows.</summary>
    public void Sign(HttpRequestHeaders headers, string id, byte[] body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        headers.Add("webhook-id", id);
        headers.Add("webhook-timestamp", time);
        headers.Add("webhook-signature", string.Join(' ', _keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)))));
    }
}
