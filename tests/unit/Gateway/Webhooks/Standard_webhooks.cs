using System.Security.Cryptography;
using System.Text;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.Common;
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
    public async Task Need_a_secret_of_the_length_that_is_allowed(string? secret)
    {
        var integration = Integration(Kind) with { Secret = secret };

        Assert.NotEmpty(Of(Kind).Faults(integration));
        Assert.NotNull(await Read(Kind, Encoding.UTF8.GetBytes("{}"), integration, VectorHeaders, SignedAt).Fault());
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
