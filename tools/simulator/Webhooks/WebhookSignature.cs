using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sigma.Simulator.Webhooks;

/// <summary>Checks the three headers of Standard Webhooks over the raw body.</summary>
internal static class WebhookSignature
{
    /// <returns>What is wrong, in the words of the specification's libraries, or null.</returns>
    public static string? Complaint(IHeaderDictionary headers, byte[] body, WebhookOptions options, DateTimeOffset now)
    {
        var (id, timestamp, signatures) = (
            headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString());
        if (id.Length == 0 || timestamp.Length == 0 || signatures.Length == 0)
        {
            return "Missing required headers";
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return "Invalid Signature Headers";
        }

        var age = now.ToUnixTimeSeconds() - seconds;
        if (Math.Abs(age) > options.Tolerance.TotalSeconds)
        {
            return age > 0 ? "Message timestamp too old" : "Message timestamp too new";
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = Keys(options).Select(key => Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)))).ToList();
        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes);
        return given.Any(one => expected.Exists(own => CryptographicOperations.FixedTimeEquals(one, own))) ? null : "No matching signature found";
    }

    /// <exception cref="FormatException">A key is no base64.</exception>
    public static IReadOnlyList<byte[]> Keys(WebhookOptions options) =>
        [.. options.Keys.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(key => Convert.FromBase64String(key.StartsWith("whsec_", StringComparison.Ordinal) ? key["whsec_".Length..] : key))];
}
