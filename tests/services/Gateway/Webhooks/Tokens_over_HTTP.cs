using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.Azure;

namespace Sigma.ServiceTests.Gateway.Webhooks;

/// <summary>Azure's <i>secure webhook</i>: the key in the address, and a token of Entra ID.</summary>
public sealed class Tokens_over_HTTP
{
    const string Tenant = "8a7d6b1e-0000-4000-8000-000000000000", Key = "the-key-of-azure-0123456789";

    [Fact]
    public async Task Let_in_what_holds_refuse_what_does_not_and_have_others_come_again_while_no_keys_can_be_had()
    {
        using KeysOfTheTenant keys = new();
        await using var gateway = await GatewaySession.Start(null, service => service.Services.AddSingleton<ISignatureCheck>(keys),
            ("Gateway:Integrations:1:Name", "azure"), ("Gateway:Integrations:1:Kind", "azure"), ("Gateway:Integrations:1:Key", Key),
            ("Gateway:Integrations:1:Settings:Tenant", Tenant), ("Gateway:Integrations:1:Settings:Audience", "api://sigma"));
        Assert.Equal(401, (await Send(gateway, null)).Status);
        Assert.Equal(401, (await Send(gateway, keys.Token(gateway.Clock.GetUtcNow().AddHours(-1)))).Status);
        Assert.Equal(2, (await gateway.Kept("?state=refused")).Count);

        keys.AreAway = true;
        var (status, retryAfter) = await Send(gateway, keys.Token(gateway.Clock.GetUtcNow().AddHours(1)));
        Assert.Equal(503, status);
        Assert.NotNull(retryAfter);
        keys.AreAway = false;
        Assert.Equal(200, (await Send(gateway, keys.Token(gateway.Clock.GetUtcNow().AddHours(1)))).Status);
        var kept = Assert.Single(await gateway.Kept("?state=kept"));
        Assert.DoesNotContain("eyJ", $"{kept}", StringComparison.Ordinal);
        // A token alone is no key.
        Assert.Equal(401, (await Send(gateway, keys.Token(gateway.Clock.GetUtcNow().AddHours(1)), key: "")).Status);
    }

    static async Task<(int Status, TimeSpan? RetryAfter)> Send(GatewaySession gateway, string? token, string key = Key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/in/azure?key={key}")
        {
            Content = new ByteArrayContent(Payload.Bytes("azure/metric-fired-dynamic-custom-properties.json")),
        };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await gateway.Http.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta);
    }

    /// <summary>What the tenant signs by.</summary>
    sealed class KeysOfTheTenant : ISignatureCheck, IDisposable
    {
        readonly RSA _key = RSA.Create(2048);

        public bool AreAway { get; set; }

        public Task<RSA?> TokenKey(Uri address, string keyId, CancellationToken ct) => AreAway
            ? throw new RefusedException(Refusal.Unavailable, "The keys cannot be fetched.")
            : Task.FromResult<RSA?>(RSA.Create(_key.ExportParameters(includePrivateParameters: false)));

        public Task<X509Certificate2> Certificate(Uri address, CancellationToken ct) => throw new InvalidOperationException();

        public string Token(DateTimeOffset ends)
        {
            var signed = $"{Encode(new { alg = "RS256", kid = "k" })}.{Encode(new
            {
                iss = $"https://sts.windows.net/{Tenant}/", aud = "api://sigma", appid = AzureSettings.ActionGroups, exp = ends.ToUnixTimeSeconds(),
            })}";
            return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1))}";
        }

        public void Dispose() => _key.Dispose();

        static string Encode(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
    }
}
