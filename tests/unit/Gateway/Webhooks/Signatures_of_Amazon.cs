using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public sealed class Signatures_of_Amazon : IDisposable, ISignatureCheck
{
    const string Kind = IntegrationKind.Aws;

    readonly RSA _key = RSA.Create(2048);
    readonly X509Certificate2 _certificate;
    readonly List<Uri> _fetched = [];

    public Signatures_of_Amazon() => _certificate =
        new CertificateRequest("CN=sns.amazonaws.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    Task<RSA?> ISignatureCheck.TokenKey(Uri address, string keyId, CancellationToken ct) =>
        throw new InvalidOperationException($"{address} was fetched");

    Task<X509Certificate2> ISignatureCheck.Certificate(Uri address, CancellationToken ct)
    {
        _fetched.Add(address);
        return Task.FromResult(_certificate);
    }

    [Theory]
    [InlineData("aws/sns-notification-cloudwatch-alarm.json", "1")]
    [InlineData("aws/sns-notification-health-elb-ended.json", "1")] // without a subject
    [InlineData("aws/sns-subscription-confirmation.json", "2")]
    [InlineData("aws/sns-unsubscribe-confirmation.json", "1")]
    public async Task Hold_for_what_was_signed(string file, string version)
    {
        Assert.Null(await Read(Kind, Signed(file, version)).Fault(this));
        Assert.Equal(Uri.UriSchemeHttps, Assert.Single(_fetched).Scheme);
    }

    [Theory]
    [InlineData("Message")]
    [InlineData("MessageId")]
    [InlineData("Subject")]
    [InlineData("Timestamp")]
    [InlineData("TopicArn")]
    public async Task Do_not_hold_where_one_letter_is_another(string field)
    {
        var body = JsonNode.Parse(Signed("aws/sns-notification-plain-text.json", "2"))!;
        body[field] = body[field]!.GetValue<string>() + " ";

        Assert.NotNull(await Read(Kind, body.ToJsonString()).Fault(this));
    }

    [Fact]
    public async Task Do_not_hold_as_they_are_in_the_samples() =>
        Assert.NotNull(await Read(Kind, Payload.Bytes("aws/sns-notification-cloudwatch-alarm.json")).Fault(this));

    [Theory]
    [InlineData("http://sns.eu-west-1.amazonaws.com/x.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/x.pem?y")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/x.txt")]
    [InlineData("https://sns.eu-west-1.amazonaws.com:8443/x.pem")]
    [InlineData("https://evil.example/x.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.evil.example/x.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com@evil.example/x.pem")]
    [InlineData("https://evilsns.eu-west-1.amazonaws.com/x.pem")]
    [InlineData("https://bucket.s3.amazonaws.com/x.pem")]
    [InlineData("https://127.0.0.1/x.pem")]
    [InlineData("file:///etc/x.pem")]
    public async Task Are_not_looked_at_by_a_certificate_that_is_not_at_Amazons(string address)
    {
        var body = JsonNode.Parse(Signed("aws/sns-notification-plain-text.json", "2"))!;
        body["SigningCertURL"] = address;

        Assert.Contains("SigningCertURL", await Read(Kind, body.ToJsonString()).Fault(this), StringComparison.Ordinal);
        Assert.Empty(_fetched); // looked at before anything is called
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData(null)]
    public async Task Of_other_versions_do_not_hold(string? version)
    {
        var body = JsonNode.Parse(Signed("aws/sns-notification-plain-text.json", "2"))!;
        body["SignatureVersion"] = version;

        Assert.Contains("SignatureVersion", await Read(Kind, body.ToJsonString()).Fault(this), StringComparison.Ordinal);
        Assert.Empty(_fetched);
    }

    [Fact]
    public async Task With_SHA1_do_not_hold_where_the_integration_wants_better()
    {
        var integration = Integration(Kind) with { Settings = new Dictionary<string, string> { ["SignatureVersion"] = "2" } };

        Assert.NotNull(await Read(Kind, Signed("aws/sns-notification-plain-text.json", "1"), integration).Fault(this));
        Assert.Null(await Read(Kind, Signed("aws/sns-notification-plain-text.json", "2"), integration).Fault(this));
    }

    [Fact]
    public void Are_not_looked_at_where_the_integration_says_so() => Assert.Null(Read(Kind, Payload.Bytes("aws/sns-notification-plain-text.json"),
        Integration(Kind) with { Settings = new Dictionary<string, string> { ["VerifySignature"] = "false" } }).Signature);

    string Signed(string file, string version)
    {
        var body = JsonNode.Parse(Payload.Text(file))!.AsObject();
        string[] fields = body["Type"]!.GetValue<string>() == "Notification"
            ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
            : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
        var text = string.Concat(fields.Where(body.ContainsKey).Select(name => $"{name}\n{body[name]!.GetValue<string>()}\n"));
        body["SignatureVersion"] = version;
        body["Signature"] = Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text),
            version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return JsonSerializer.Serialize(body);
    }
}
