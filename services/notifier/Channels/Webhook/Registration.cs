using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sigma.Hosting;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Channels.Webhook;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<WebhookChannel, WebhookOptions>("webhook", AddWebhook);

    // Only where there are webhooks is there anything to say of them.
    static void AddWebhook(ServiceBuilder service) =>
        service.Services.AddOptions<HealthCheckServiceOptions>().Configure<ReceiverSettings>((health, receivers) =>
        {
            if (receivers.Integrations.Any(integration => integration.Settings is WebhookOptions))
                health.Registrations.Add(new("webhook", provider => new GoneHealth(provider.GetRequiredService<ReceiverSet>()), null, ["ready"]));
        });

    /// <summary>A receiver that wants no more calls is for a person to look at.</summary>
    sealed class GoneHealth(ReceiverSet receivers) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
            Task.FromResult(receivers.Channels.OfType<WebhookChannel>().Select(channel => channel.Gone).OfType<string>().ToList()
                is { Count: > 0 } gone ? HealthCheckResult.Unhealthy(string.Join("; ", gone)) : HealthCheckResult.Healthy());
    }
}
