using Sigma.Hosting;

namespace Sigma.OperatorConsole.Routes;

internal static class Registration
{
    /// <summary>Who is told of which alerts, and by which integrations.</summary>
    public static ServiceBuilder AddRoutes(this ServiceBuilder service)
    {
        service.Services.AddSingleton<RouteCommands>().AddSingleton<ReceiverCommands>();
        return service;
    }
}
