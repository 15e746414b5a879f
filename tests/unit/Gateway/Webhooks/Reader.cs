using System.Text;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.Alertmanager;
using Sigma.Gateway.Webhooks.Aws;
using Sigma.Gateway.Webhooks.Azure;
using Sigma.Gateway.Webhooks.Gcp;
using Sigma.Gateway.Webhooks.Generic;
using Sigma.Gateway.Webhooks.Grafana;
using Sigma.Gateway.Webhooks.Oci;
using Sigma.Gateway.Webhooks.PagerDuty;
using Sigma.Gateway.Webhooks.StandardWebhooks;
using Sigma.Gateway.Webhooks.UptimeKuma;
using Sigma.Gateway.Webhooks.Zabbix;

namespace Sigma.UnitTests.Gateway.Webhooks;

/// <summary>Reads bodies as the gateway does.</summary>
internal static class Reader
{
    public static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static readonly IWebhook[] All =
    [
        new GrafanaWebhook(), new AlertmanagerWebhook(), new GcpWebhook(), new AwsWebhook(), new AzureWebhook(), new OciWebhook(),
        new PagerDutyWebhook(), new UptimeKumaWebhook(), new ZabbixWebhook(), new StandardWebhook(), new GenericWebhook(),
    ];

    public static IWebhook Of(string kind) => All.Single(webhook => webhook.Kind == kind);

    public static Integration Integration(string kind) => new() { Name = "it", Kind = kind };

    /// <summary>What a file of tests/payloads says.</summary>
    public static IReadOnlyList<Understood> Items(string kind, string file, Integration? integration = null) =>
        Read(kind, Payload.Bytes(file), integration).Items;

    /// <summary>The same of one that says one thing.</summary>
    public static Understood One(string kind, string file, Integration? integration = null) => Assert.Single(Items(kind, file, integration));

    public static Understood OneOf(string kind, string json, Integration? integration = null) =>
        Assert.Single(Read(kind, Encoding.UTF8.GetBytes(json), integration).Items);

    public static Reading Read(string kind, string json, Integration? integration = null, IReadOnlyDictionary<string, string>? headers = null) =>
        Read(kind, Encoding.UTF8.GetBytes(json), integration, headers);

    public static Reading Read(string kind, byte[] body, Integration? integration = null, IReadOnlyDictionary<string, string>? headers = null,
        DateTimeOffset? at = null) =>
        Of(kind).Read(new WebhookBody(body, Headers(headers), at ?? Now), integration ?? Integration(kind));

    /// <summary>Why a signature does not hold; null when it does, or is not looked at.</summary>
    public static async Task<string?> Fault(this Reading reading, ISignatureCheck? check = null) =>
        reading.Signature is null ? null : await reading.Signature(check ?? new NoCertificates(), CancellationToken.None);

    public static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture,
        System.Globalization.DateTimeStyles.AssumeUniversal);

    static Dictionary<string, string> Headers(IReadOnlyDictionary<string, string>? headers) =>
        new(headers ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>A network that must not be used.</summary>
internal sealed class NoCertificates : ISignatureCheck
{
    public Task<System.Security.Cryptography.X509Certificates.X509Certificate2> Certificate(Uri address, CancellationToken ct) =>
        throw new InvalidOperationException($"{address} was fetched");

    public Task<System.Security.Cryptography.RSA?> TokenKey(Uri address, string keyId, CancellationToken ct) =>
        throw new InvalidOperationException($"{address} was fetched");
}
