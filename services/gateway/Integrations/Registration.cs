using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Storage;

namespace Sigma.Gateway.Integrations;

internal static class Registration
{
    /// <summary>Who may send.</summary>
    public static ServiceBuilder AddIntegrations(this ServiceBuilder service)
    {
        service.Services.AddSingleton<IntegrationBook>()
            .AddSingleton(provider => new IntegrationEdits(provider.GetRequiredService<Database>(),
                provider.GetRequiredService<IOptions<GatewayOptions>>().Value, provider.GetRequiredService<TimeProvider>()))
            .AddHostedService<IntegrationRefresh>();
        return service;
    }
}
