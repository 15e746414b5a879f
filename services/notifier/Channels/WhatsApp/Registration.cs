using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Hosting.Http;
using Sigma.Notifier.Queries;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Channels.WhatsApp;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<WhatsAppChannel, WhatsAppIntegrationOptions>("whatsapp", AddWhatsApp)
    {
        IsOfDefaultReceiver = true,
        Inherits = [("Notifier:Channels:WhatsApp", settings => settings), ("ChatPro", settings => settings.ChatPro)],
        NotInherited = settings => settings.ChatPro.Recipient = "",
    };

    static void AddWhatsApp(ServiceBuilder service)
    {
        service.Settings<ChatProOptions>("ChatPro").Services
            .AddSingleton<IValidateOptions<ChatProOptions>, ChatProNeeds>()
            .AddSingleton(provider => new ChatProCheck(provider.GetRequiredService<ReceiverSettings>(),
                provider.GetRequiredService<IOptions<ChatProOptions>>(), provider.GetRequiredService<ApiClients>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddHostedService<RecipientLog>();
        service.Services.AddHealthChecks().AddCheck<AccessHealth>("chatpro", tags: ["ready"]);
    }

    static IEnumerable<WhatsAppChannel> Of(ReceiverSet receivers) => receivers.Channels.OfType<WhatsAppChannel>();

    sealed class RecipientLog(ReceiverSet receivers, ILogger<WhatsAppChannel> log) : IHostedService
    {
        public Task StartAsync(CancellationToken ct)
        {
            foreach (var channel in Of(receivers).Where(channel => channel.Integration.Settings.Enabled))
                if (channel.Integration.Section is null)
                    log.LogInformation("WhatsApp messages go to {Recipient}", channel.ChatPro.MaskedRecipient());
                else
                    log.LogInformation("WhatsApp messages of {Channel} go to {Recipient}", channel.Integration.Name,
                        channel.ChatPro.MaskedRecipient());
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    }

    sealed class AccessHealth(ReceiverSet receivers) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
            Task.FromResult(Of(receivers).Select(channel => channel.Access.Refusal).OfType<string>().ToList() is { Count: > 0 } refusals
                ? HealthCheckResult.Unhealthy(string.Join("; ", refusals)) : HealthCheckResult.Healthy());
    }
}
