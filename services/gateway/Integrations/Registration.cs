using Sigma.Hosting;

namespace Sigma.Gateway.Integrations;

internal static class Registration
{
    /// <summary>Who may send.</summary>
    public static ServiceBuilder AddIntegrations(this ServiceBuilder service)
    {
        service.Services.AddSingleton<IntegrationBook>().AddSingleton<IntegrationEdits>().AddHostedService<IntegrationRefresh>();
        return service;
    }
}
