using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Azure;

/// <summary>
/// The token of Entra ID that an action group's <i>secure webhook</i> shows: signed by the tenant's keys with RS256 and nothing else, for us, from
/// the application of action groups, at this time. What it says is looked at before any key is fetched.
/// </summary>
internal static class EntraToken
{
    const int Longest = 12_000;
    const string Scheme = "Bearer ", Algorithm = "RS256";

    static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with the token; null when it holds.</summary>
    public static async Task<string?> Fault(WebhookBody body, AzureSettings settings, ISignatureCheck check, CancellationToken ct)
    {
        if (body.Header("Authorization") is not { } shown || !shown.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return "the token of Entra ID is missing (it is not kept, so what is read again has none)";
        var token = shown[Scheme.Length..].Trim();
        if (token.Length > Longest || token.Split('.') is not [{ Length: > 0 } head, { Length: > 0 } claims, { Length: > 0 } signature]
            || UrlSafeBytes.Of(signature) is not { } signed)
            return "the token is no signed one";
        using var header = Read(head);
        using var said = Read(claims);
        if (header is null || said is null)
            return "the token is no signed one";
        // A token that names another way, or none, is never checked by it.
        if (Text(header, "alg") != Algorithm || Text(header, "kid") is not { Length: > 0 and <= 200 } keyId)
            return $"the token is not signed with {Algorithm} by a key that it names";
        if (FaultOfClaims(said, settings, body.ReceivedAt) is { } fault)
            return fault;
        using var key = await check.TokenKey(settings.Keys, keyId, ct);
        return key is null ? "the token is signed by a key that is not the tenant's"
            : key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{claims}"), signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? null
            : "the signature of the token does not hold";
    }

    static string? FaultOfClaims(JsonDocument said, AzureSettings settings, DateTimeOffset now)
    {
        if (!settings.Issuers.Contains(Text(said, "iss")))
            return "the token is of another issuer or tenant";
        if (!Audiences(said).Any(settings.Audiences.Contains))
            return "the token is for somebody else";
        if (!string.Equals(Text(said, "appid") ?? Text(said, "azp"), settings.Application, StringComparison.OrdinalIgnoreCase))
            return "the token was asked for by another application than Azure's action groups";
        if (Time(said, "exp") is not { } ends || ends < now - Tolerance)
            return "the token has expired";
        return Time(said, "nbf") > now + Tolerance ? "the token is not valid yet" : null;
    }

    static IEnumerable<string> Audiences(JsonDocument said) => !said.RootElement.TryGetProperty("aud", out var audience) ? []
        : audience.ValueKind == JsonValueKind.String ? [audience.GetString()!]
        : audience.ValueKind == JsonValueKind.Array
            ? audience.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).ToList() : [];

    static DateTimeOffset? Time(JsonDocument said, string name) =>
        said.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    static string? Text(JsonDocument said, string name) =>
        said.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static JsonDocument? Read(string part)
    {
        if (UrlSafeBytes.Of(part) is not { } bytes)
            return null;
        try
        {
            var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // no JSON
        }
        return null;
    }
}
