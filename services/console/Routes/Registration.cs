using Sigma.Hosting;

namespace Sigma.OperatorConsole.Routes;

internal static class Registration
{
    public static ServiceBuilder AddRoutes(this ServiceBuilder service) => service;
}
