using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Integrations;
using Sigma.Hosting;

namespace Sigma.Gateway.Webhooks;

internal static class Registration
{
    /// <summary>The readers of all webhooks, a line a vendor. They keep nothing, so one of each is enough.</summary>
    public static readonly IReadOnlyList<IWebhook> Readers =
    [
        new Grafana.GrafanaWebhook(),
        new Alertmanager.AlertmanagerWebhook(),
        new Gcp.GcpWebhook(),
        new Aws.AwsWebhook(),
        new Azure.AzureWebhook(),
        new Oci.OciWebhook(),
        new PagerDuty.PagerDutyWebhook(),
        new UptimeKuma.UptimeKumaWebhook(),
        new Zabbix.ZabbixWebhook(),
        new StandardWebhooks.StandardWebhook(),
        new Generic.GenericWebhook(),
    ];

    /// <summary>What is wrong with what an integration sets for the reader of its kind.</summary>
    public static IEnumerable<ValidationResult> Faults(Integration integration) =>
        Readers.FirstOrDefault(reader => reader.Kind == integration.Kind)?.Faults(integration) ?? [];

    public static ServiceBuilder AddWebhooks(this ServiceBuilder service)
    {
        foreach (var reader in Readers)
            service.Services.AddSingleton(reader);
        return service;
    }
}
