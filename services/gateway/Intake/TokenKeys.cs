using System.Security.Cryptography;
using System.Text.Json;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Intake;

/// <summary>
/// The keys by which a tenant's tokens are signed, fetched from where it publishes them and kept for an hour. A key that is not among them makes us
/// ask anew, but not more often than every minute: a sender could name any number.
/// </summary>
internal sealed class TokenKeys
{
    const int LargestSet = 256 * 1024, SmallestKey = 2048;

    static readonly TimeSpan KeptFor = TimeSpan.FromHours(1), AskedAnewAfter = TimeSpan.FromMinutes(1), Within = TimeSpan.FromSeconds(4);

    readonly CheckedAddress _addresses;
    readonly FetchedOnce<IReadOnlyDictionary<string, RSAParameters>> _sets;

    public TokenKeys(CheckedAddress addresses, TimeProvider time)
    {
        _addresses = addresses;
        _sets = new(Fetch, time);
    }

    /// <summary>The key of this id among those at an address; null when there is none.</summary>
    /// <exception cref="RefusedException">They cannot be fetched now: the sender is to come again, for its token is not kept.</exception>
    public async Task<RSA?> Find(Uri address, string keyId, CancellationToken ct)
    {
        var keys = await _sets.Get(address, (known, age) => age < KeptFor && (known.ContainsKey(keyId) || age < AskedAnewAfter), ct);
        return keys.TryGetValue(keyId, out var key) ? RSA.Create(key) : null;
    }

    /// <summary>The RSA keys of a JSON Web Key Set that are for signatures, by their ids; those that are too short are left out.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static IReadOnlyDictionary<string, RSAParameters> Read(ReadOnlyMemory<byte> set)
    {
        using var document = JsonDocument.Parse(set);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var keys)
            || keys.ValueKind != JsonValueKind.Array)
            throw new JsonException("it has no list of keys");
        Dictionary<string, RSAParameters> found = new(StringComparer.Ordinal);
        foreach (var key in keys.EnumerateArray())
            if (key.ValueKind == JsonValueKind.Object && Text(key, "kty") == "RSA" && Text(key, "use") is null or "sig" && Text(key, "kid") is { } id
                && Bytes(key, "n") is { } modulus && modulus.Length * 8 >= SmallestKey && Bytes(key, "e") is { Length: > 0 and <= 8 } exponent)
                found[id] = new RSAParameters { Modulus = modulus, Exponent = exponent };
        return found;
    }

    async Task<IReadOnlyDictionary<string, RSAParameters>> Fetch(Uri address)
    {
        using CancellationTokenSource limit = new(Within);
        try
        {
            return Read(await _addresses.Get(address, IntegrationKind.Azure, LargestSet, limit.Token));
        }
        catch (Exception e) when (e is AddressRefusedException or JsonException or OperationCanceledException)
        {
            throw new RefusedException(Refusal.Unavailable,
                $"The keys that its token is checked by cannot be fetched from {address.Host}: {e.Message}");
        }
    }

    static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static byte[]? Bytes(JsonElement key, string name) => Text(key, name) is { } text ? UrlSafeBytes.Of(text) : null;
}
