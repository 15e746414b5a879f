using Sigma.Hosting;

namespace Sigma.Gateway.Webhooks;

internal static class Registration
{
    /// <summary>The readers of all webhooks, a line a vendor.</summary>
    public static ServiceBuilder AddWebhooks(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton<IWebhook, Grafana.GrafanaWebhook>()
            .AddSingleton<IWebhook, Alertmanager.AlertmanagerWebhook>()
            .AddSingleton<IWebhook, Gcp.GcpWebhook>()
            .AddSingleton<IWebhook, Aws.AwsWebhook>()
            .AddSingleton<IWebhook, Azure.AzureWebhook>()
            .AddSingleton<IWebhook, Oci.OciWebhook>()
            .AddSingleton<IWebhook, PagerDuty.PagerDutyWebhook>()
            .AddSingleton<IWebhook, UptimeKuma.UptimeKumaWebhook>()
            .AddSingleton<IWebhook, Zabbix.ZabbixWebhook>()
            .AddSingleton<IWebhook, StandardWebhooks.StandardWebhook>()
            .AddSingleton<IWebhook, Generic.GenericWebhook>();
        return service;
    }
}
