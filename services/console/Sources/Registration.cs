using Sigma.Hosting;

namespace Sigma.OperatorConsole.Sources;

internal static class Registration
{
    public static ServiceBuilder AddSources(this ServiceBuilder service) => service;
}
