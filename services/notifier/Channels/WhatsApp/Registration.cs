using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Hosting.Http;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;

namespace Sigma.Notifier.Channels.WhatsApp;

internal static class Registration
{
    public static ServiceBuilder AddWhatsApp(this ServiceBuilder service)
    {
        service.Settings<ChatProOptions>("ChatPro").AddChannel<WhatsAppChannel>().Services
            .AddSingleton<IValidateOptions<ChatProOptions>, ChatProNeeds>()
            .AddSingleton<ChatProAccess>()
            .AddSingleton<ChatProApi>()
            .AddSingleton(provider => new ChatProCheck(provider.GetRequiredService<ChatProApi>(), provider.GetRequiredService<ChatProAccess>()))
            .AddHostedService<RecipientLog>();
        service.Services.AddApiClient("chatpro", provider => provider.GetRequiredService<IOptions<ChatProOptions>>().Value,
            (provider, reason) => provider.GetRequiredService<ChatProAccess>().Refused(reason));
        service.Services.AddHealthChecks().AddCheck<AccessHealth>("chatpro", tags: ["ready"]);
        return service;
    }

    sealed class RecipientLog(IOptions<NotifierOptions> notifier, IOptions<ChatProOptions> chatPro, ILogger<WhatsAppChannel> log) : IHostedService
    {
        public Task StartAsync(CancellationToken ct)
        {
            if (notifier.Value.Channels.WhatsApp.Enabled)
                log.LogInformation("WhatsApp messages go to {Recipient}", chatPro.Value.MaskedRecipient());
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    }

    sealed class AccessHealth(ChatProAccess access) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
            Task.FromResult(access.Refusal is { } refusal ? HealthCheckResult.Unhealthy(refusal) : HealthCheckResult.Healthy());
    }
}
