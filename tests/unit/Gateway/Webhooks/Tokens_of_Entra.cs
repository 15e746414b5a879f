using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.Azure;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

/// <summary>The token of Azure's <i>secure webhook</i>, and what somebody might show in its place.</summary>
public sealed class Tokens_of_Entra : IDisposable, ISignatureCheck
{
    const string Tenant = "8a7d6b1e-0000-4000-8000-000000000000", Audience = "api://sigma", KeyId = "k1";

    static readonly byte[] Body = Payload.Bytes("azure/metric-fired-dynamic-custom-properties.json");

    readonly RSA _key = RSA.Create(2048), _other = RSA.Create(2048);
    int _fetched;

    static Integration Secured => Integration(IntegrationKind.Azure) with
    {
        Settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Tenant"] = Tenant, ["Audience"] = Audience },
    };

    [Fact]
    public async Task Hold_by_both_versions_and_are_not_wanted_where_none_is_set()
    {
        Assert.Empty(Of(IntegrationKind.Azure).Faults(Secured));
        Assert.Null(await Fault(Token(Claims())));
        Assert.Null(await Fault(Token(Claims(claims =>
        {
            claims["iss"] = $"https://login.microsoftonline.com/{Tenant}/v2.0";
            claims["aud"] = new[] { "x", Audience };
            claims.Remove("appid");
            claims["azp"] = AzureSettings.ActionGroups;
        }))));
        Assert.Null(await Read(IntegrationKind.Azure, Body, Integration(IntegrationKind.Azure)).Fault(this));
    }

    public static TheoryData<string, object?> OtherClaims => new()
    {
        { "iss", "https://sts.windows.net/00000000-0000-0000-0000-000000000001/" },
        { "iss", $"https://sts.windows.net.evil.example/{Tenant}/" },
        { "iss", null },
        { "aud", "api://other" },
        { "aud", null },
        { "aud", 7 },
        { "appid", "00000000-0000-0000-0000-000000000001" },
        { "appid", null },
        { "exp", Now.AddMinutes(-6).ToUnixTimeSeconds() },
        { "exp", "never" },
        { "exp", null },
        { "exp", -1 },
        { "nbf", Now.AddMinutes(6).ToUnixTimeSeconds() },
    };

    [Theory, MemberData(nameof(OtherClaims))]
    public async Task Do_not_hold_with_another_claim_and_no_key_is_fetched_for_it(string name, object? value)
    {
        Assert.NotNull(await Fault(Token(Claims(claims =>
        {
            if (value is null)
                claims.Remove(name);
            else
                claims[name] = value;
        }))));
        Assert.Equal(0, _fetched);
    }

    [Fact]
    public async Task Do_not_hold_by_another_key_or_way()
    {
        var good = Token(Claims());
        Assert.NotNull(await Fault(Token(Claims(), key: _other)));
        Assert.NotNull(await Fault(Token(Claims(), keyId: "k2")));
        var parts = good.Split('.');
        var more = Encode(Claims(claims => claims["exp"] = Now.AddYears(1).ToUnixTimeSeconds()));
        Assert.NotNull(await Fault($"{parts[0]}.{more}.{parts[2]}"));
        _fetched = 0;
        // No signature at all, and the public key taken for a secret.
        Assert.NotNull(await Fault($"{Encode(new { alg = "none", kid = KeyId })}.{parts[1]}."));
        Assert.NotNull(await Fault($"{Encode(new { alg = "none", kid = KeyId })}.{parts[1]}.{parts[2]}"));
        var head = Encode(new { alg = "HS256", kid = KeyId });
        var forged = HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes($"{head}.{parts[1]}"));
        Assert.NotNull(await Fault($"{head}.{parts[1]}.{Base64Url.EncodeToString(forged)}"));
        foreach (var odd in (string[])["", "x", "..", "a.b", "a.b.c", $"{parts[0]}.{parts[1]}.%%", $"{good}.x", new string('a', 50_000),
            "e30.e30.e30", "W10.W10.W10"])
            Assert.NotNull(await Fault(odd));
        Assert.Equal(0, _fetched);
        Assert.NotNull(await Read(IntegrationKind.Azure, Body, Secured).Fault(this));
    }

    [Theory]
    [InlineData("Tenant", "common")]
    [InlineData("Tenant", "../../evil")]
    [InlineData("Tenant", "")]
    [InlineData("Audience", "")]
    [InlineData("Application", "azns")]
    [InlineData("Authority", "http://login.microsoftonline.com")]
    public void Need_settings_that_can_be_right(string name, string value)
    {
        var settings = new Dictionary<string, string>(Secured.Settings, StringComparer.OrdinalIgnoreCase) { [name] = value };
        Assert.NotEmpty(Of(IntegrationKind.Azure).Faults(Secured with { Settings = settings }));
    }

    [Fact]
    public void Are_checked_by_the_keys_of_the_set_that_are_for_it()
    {
        var numbers = _key.ExportParameters(includePrivateParameters: false);
        using var small = RSA.Create(1024);
        var set = JsonSerializer.SerializeToUtf8Bytes(new
        {
            keys = new object[]
            {
                new { kty = "RSA", use = "sig", kid = "k1", n = Base64Url.EncodeToString(numbers.Modulus), e = "AQAB", x5c = new[] { "…" } },
                new { kty = "RSA", use = "enc", kid = "k2", n = Base64Url.EncodeToString(numbers.Modulus), e = "AQAB" },
                new { kty = "RSA", kid = "k3", n = Base64Url.EncodeToString(small.ExportParameters(false).Modulus), e = "AQAB" },
                new { kty = "EC", use = "sig", kid = "k4" }, "odd",
            },
        });
        var keys = TokenKeys.Read(set);
        Assert.Equal(["k1"], keys.Keys);
        Assert.Equal(numbers.Modulus, keys["k1"].Modulus);
        foreach (var odd in (string[])["", "[]", "{}", """{"keys":{}}""", "<html>"])
            Assert.ThrowsAny<JsonException>(() => TokenKeys.Read(Encoding.UTF8.GetBytes(odd)));
    }

    public Task<RSA?> TokenKey(Uri address, string keyId, CancellationToken ct)
    {
        _fetched++;
        Assert.Equal($"https://login.microsoftonline.com/{Tenant}/discovery/v2.0/keys", address.ToString());
        return Task.FromResult(keyId == KeyId ? RSA.Create(_key.ExportParameters(includePrivateParameters: false)) : null);
    }

    public Task<X509Certificate2> Certificate(Uri address, CancellationToken ct) => throw new InvalidOperationException($"{address} was fetched");

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
    }

    Task<string?> Fault(string token) => Read(IntegrationKind.Azure, Body, Secured,
        new Dictionary<string, string> { ["authorization"] = $"Bearer {token}" }).Fault(this);

    static Dictionary<string, object> Claims(Action<Dictionary<string, object>>? change = null)
    {
        Dictionary<string, object> claims = new()
        {
            ["iss"] = $"https://sts.windows.net/{Tenant}/", ["aud"] = Audience, ["appid"] = AzureSettings.ActionGroups,
            ["nbf"] = Now.AddMinutes(-1).ToUnixTimeSeconds(), ["exp"] = Now.AddHours(1).ToUnixTimeSeconds(),
        };
        change?.Invoke(claims);
        return claims;
    }

    string Token(Dictionary<string, object> claims, RSA? key = null, string keyId = KeyId)
    {
        var signed = $"{Encode(new { typ = "JWT", alg = "RS256", kid = keyId })}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString((key ?? _key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1))}";
    }

    static string Encode(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
