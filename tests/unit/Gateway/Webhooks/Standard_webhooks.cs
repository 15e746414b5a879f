using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.Common;
using Sigma.Gateway.Webhooks.StandardWebhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Standard_webhooks
{
    const string Kind = IntegrationKind.StandardWebhook;

    static readonly JsonValue Vector = JsonBody.Read(Payload.Bytes("standard-webhooks/signed-vector.json"));
    static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    static Integration Signing => Integration(Kind) with { Secret = Vector["secret"].Text };

    static Dictionary<string, string> VectorHeaders => Vector["headers"].Fields.ToDictionary(one => one.Name, one => one.Text!);

    static Task<string?> Fault(string body, Dictionary<string, string> headers, TimeSpan? later = null) =>
        Read(Kind, Encoding.UTF8.GetBytes(body), Signing, headers, SignedAt + (later ?? TimeSpan.Zero)).Fault();

    [Fact]
    public async Task Hold_as_the_specification_signs_them()
    {
        var reading = Read(Kind, Encoding.UTF8.GetBytes(Vector["body"].Text!), Signing, VectorHeaders, SignedAt);

        Assert.Null(await reading.Fault());
        Assert.Equal((UnderstoodState.Info, "msg_p5jXN8AQM9LWM0D4loKWxJek"), (reading.Items[0].State, reading.Items[0].DeliveryKey));
    }

    [Theory]
    [InlineData("{\"test\": 2432232315}")]
    [InlineData("{\"test\":2432232314}")]
    [InlineData("")]
    public async Task Do_not_hold_for_another_body(string body) => Assert.NotNull(await Fault(body, VectorHeaders));

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-299, true)]
    [InlineData(299, true)]
    [InlineData(301, false)]
    public async Task Hold_for_five_minutes_both_ways(int seconds, bool holds) =>
        Assert.Equal(holds, await Fault(Vector["body"].Text!, VectorHeaders, TimeSpan.FromSeconds(seconds)) is null);

    [Fact]
    public async Task Hold_by_any_one_of_several_and_by_the_names_of_Svix()
    {
        var headers = VectorHeaders;
        headers["webhook-signature"] = $"v1,AAAA v2,odd {headers["webhook-signature"]} v1a,BBBB";
        Assert.Null(await Fault(Vector["body"].Text!, headers));
        Assert.Null(await Fault(Vector["body"].Text!, headers.ToDictionary(one => one.Key.Replace("webhook-", "Svix-"), one => one.Value)));
    }

    [Fact]
    public async Task Do_not_hold_where_id_time_or_signature_is_another_or_missing()
    {
        foreach (var name in VectorHeaders.Keys)
        {
            var missing = VectorHeaders;
            missing.Remove(name);
            Assert.NotNull(await Fault(Vector["body"].Text!, missing));
            var other = VectorHeaders;
            other[name] = name == "webhook-timestamp" ? "1614265331" : "x" + other[name];
            Assert.NotNull(await Fault(Vector["body"].Text!, other));
        }
    }

    [Fact]
    public async Task Of_the_other_kind_alone_do_not_hold_and_say_why()
    {
        var headers = VectorHeaders;
        headers["webhook-signature"] = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

        Assert.Contains("Ed25519", await Fault(Vector["body"].Text!, headers), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("not base64!")]
    [InlineData("whpk_")]
    [InlineData("whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")] // too short for a public key
    [InlineData("whpk_//////////////////////////////////////////8=")] // no point of the curve
    public async Task Need_a_secret_of_the_length_that_is_allowed(string? secret)
    {
        var integration = Integration(Kind) with { Secret = secret };

        Assert.NotEmpty(Of(Kind).Faults(integration));
        Assert.NotNull(await Read(Kind, Encoding.UTF8.GetBytes("{}"), integration, VectorHeaders, SignedAt).Fault());
    }

    [Fact]
    public async Task Hold_by_the_senders_public_key_and_by_nothing_else()
    {
        const string Body = """{"id":"a1","status":"firing"}""";
        var (sender, other) = (Ed25519Key(1), Ed25519Key(2));
        var time = $"{Now.ToUnixTimeSeconds()}";
        var signing = Integration(Kind) with { Secret = "whpk_" + Convert.ToBase64String(sender.Public) };
        Assert.Empty(Of(Kind).Faults(signing));

        Assert.Null(await Said(Signed(sender, "m1", Body)));
        Assert.Null(await Said($"v1,AAAA {Signed(other, "m1", Body)} v1a,%% {Signed(sender, "m1", Body)}")); // while it changes its key
        Assert.NotNull(await Said(Signed(other, "m1", Body)));
        Assert.NotNull(await Said(Signed(sender, "m2", Body)));
        Assert.NotNull(await Said(Signed(sender, "m1", Body + " ")));
        Assert.NotNull(await Said(Signed(sender, "m1", Body)[..^8]));
        Assert.NotNull(await Said("v1a,"));
        // Who knows the public key, as everybody may, takes it for the secret.
        var forged = HMACSHA256.HashData(sender.Public, Encoding.UTF8.GetBytes($"m1.{time}.{Body}"));
        Assert.Contains("public key", await Said("v1," + Convert.ToBase64String(forged)), StringComparison.Ordinal);
        Assert.NotNull(await Said("v1a," + Convert.ToBase64String(forged)));

        Task<string?> Said(string signatures) => Read(Kind, Encoding.UTF8.GetBytes(Body), signing,
            new Dictionary<string, string> { ["webhook-id"] = "m1", ["webhook-timestamp"] = time, ["webhook-signature"] = signatures }).Fault();

        string Signed((byte[] Private, byte[] Public) key, string id, string body)
        {
            var text = Encoding.UTF8.GetBytes($"{id}.{time}.{body}");
            var signature = new byte[Ed25519.SignatureSize];
            Ed25519.Sign(key.Private, 0, text, 0, text.Length, signature, 0);
            return "v1a," + Convert.ToBase64String(signature);
        }
    }

    [Fact]
    public void Know_the_key_and_signature_of_the_standard_of_Ed25519()
    {
        // RFC 8032, 7.1, test 2: one byte.
        var key = StandardKey.Parse("whpk_" + Convert.ToBase64String(
            Convert.FromHexString("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")))!;
        var signature = "v1a," + Convert.ToBase64String(Convert.FromHexString("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
        Assert.True(key.Checks(signature));
        Assert.True(key.Holds([signature], "", "r"u8));
        Assert.False(key.Holds([signature], "", "s"u8));
    }

    static (byte[] Private, byte[] Public) Ed25519Key(byte seed)
    {
        var key = new byte[Ed25519.SecretKeySize];
        key.AsSpan().Fill(seed);
        var known = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(key, 0, known, 0);
        return (key, known);
    }

    [Fact]
    public void Are_read_as_plain_JSON_is()
    {
        const string Body =
            """{"type":"alert.raised","data":{"alertId":"a1","state":"firing","severity":"page","title":"disk","startsAt":"2026-11-30T10:00:00Z"}}""";
        var time = $"{Now.ToUnixTimeSeconds()}";
        var key = Convert.FromBase64String(Vector["secret"].Text!["whsec_".Length..]);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"m1.{time}.{Body}")));

        var news = Assert.Single(Read(Kind, Encoding.UTF8.GetBytes(Body), Signing,
            new Dictionary<string, string> { ["webhook-id"] = "m1", ["webhook-timestamp"] = time, ["webhook-signature"] = "v1," + signature }).Items);
        Assert.Equal((UnderstoodState.Firing, "a1", "critical", "disk"), (news.State, news.ExternalId, news.Severity, news.Title));
    }
}
