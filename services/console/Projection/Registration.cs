using Sigma.Hosting;

namespace Sigma.OperatorConsole.Projection;

internal static class Registration
{
    public static ServiceBuilder AddProjection(this ServiceBuilder service) => service;
}
