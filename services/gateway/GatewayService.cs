using Sigma.Gateway.Alertmanager;
using Sigma.Gateway.Api;
using Sigma.Gateway.Beats;
using Sigma.Gateway.Events;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Liveness;
using Sigma.Gateway.Logs;
using Sigma.Gateway.Metrics;
using Sigma.Gateway.Publishing;
using Sigma.Gateway.Replies;
using Sigma.Gateway.Retention;
using Sigma.Gateway.Schema;
using Sigma.Gateway.Webhooks;
using Sigma.Hosting;

namespace Sigma.Gateway;

/// <summary>The gateway as part of a process: alone in its own, or beside the others in the standalone host.</summary>
public static class GatewayService
{
    /// <summary>All that the gateway does.</summary>
    public static ServiceBuilder AddGateway(this ServiceBuilder service) => service
        .Settings<GatewayOptions>("Gateway")
        .Schema(GatewayContext.Schema)
        .AddIntegrations()
        .AddPublishing()
        .AddLiveness()
        .AddIntake()
        .AddWebhooks()
        .AddReplies()
        .AddLogs()
        .AddAlertmanager()
        .AddEvents()
        .AddMetrics()
        .AddBeats()
        .AddRetention()
        .AddApi();
}
