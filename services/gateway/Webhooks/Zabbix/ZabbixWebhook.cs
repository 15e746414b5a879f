using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;
using Sigma.Gateway.Webhooks.Mapped;

namespace Sigma.Gateway.Webhooks.Zabbix;

/// <summary>
/// What a media type of Zabbix sends: its script decides, so this is the body that docs/sources.md proposes, the shapes that are common, and with a
/// mapping any other.
/// </summary>
internal sealed class ZabbixWebhook : IWebhook
{
    public string Kind => IntegrationKind.Zabbix;

    public IEnumerable<ValidationResult> Faults(Integration integration)
    {
        foreach (var fault in MappingFaults.Of(integration.Mapping))
            yield return fault;
        if (ZabbixTime.ZoneSetting(integration) is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            yield return new($"is {zone}, which is no time zone such as America/Sao_Paulo", ["Settings__TimeZone"]);
    }

    public Reading Read(WebhookBody body, Integration integration)
    {
        var root = JsonBody.Read(body.Bytes);
        if (integration.Mapping.Id is not null || integration.Mapping.State is not null)
            return new() { Items = MappedAlerts.Read(root, body, integration) };
        if (!root.IsObject)
            throw root.Wrong("is no object");
        return new() { Items = [NewsLimits.Fit(ZabbixEvent.Read(root, integration), body.ReceivedAt)] };
    }
}
