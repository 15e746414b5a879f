using Sigma.Hosting;

namespace Sigma.OperatorConsole.Integrations;

internal static class Registration
{
    /// <summary>Who may send to the gateway, and what they sent.</summary>
    public static ServiceBuilder AddIntegrations(this ServiceBuilder service)
    {
        service.Services.AddSingleton<IntegrationBook>().AddSingleton<GatewayAddress>();
        return service;
    }
}
