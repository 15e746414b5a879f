using System.Security.Cryptography;
using System.Text;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>Signatures with a secret, over the bytes as they were received, compared in constant time.</summary>
internal static class SignedBody
{
    /// <summary>Clocks, and a delivery on its way, may differ by so much, both ways.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>HMAC with SHA-256 of a text followed by the body.</summary>
    public static byte[] Hmac(ReadOnlySpan<byte> secret, string before, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.UTF8.GetBytes(before));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <summary>Whether a signature in hexadecimal digits is the one that is expected.</summary>
    public static bool IsHex(string? signature, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[SHA512.HashSizeInBytes];
        return signature is not null && Convert.FromHexString(signature.Trim(), given, out _, out var length) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given[..length], expected);
    }

    /// <summary>Whether one in base64 is.</summary>
    public static bool IsBase64(string? signature, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[SHA512.HashSizeInBytes];
        return signature is not null && Convert.TryFromBase64String(signature.Trim(), given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], expected);
    }

    /// <summary>What is wrong with the time it was signed at, Unix seconds; null when nothing is.</summary>
    public static string? OddTime(string? seconds, DateTimeOffset now) =>
        !long.TryParse(seconds, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at)
            || at > DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? "it does not say when it was signed"
        : (now - DateTimeOffset.FromUnixTimeSeconds(at)).Duration() > Tolerance
            ? $"it was signed at {DateTimeOffset.FromUnixTimeSeconds(at):yyyy-MM-dd'T'HH:mm:ss'Z'}, not within {Tolerance.TotalMinutes:0} minutes"
        : null;

    /// <summary>What a reader answers when a signature does not hold: nothing of the body counts.</summary>
    public static Reading Refuse(string reason) => new() { Signature = (_, _) => Task.FromResult<string?>(reason) };
}
