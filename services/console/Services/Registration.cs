using Sigma.Hosting;

namespace Sigma.OperatorConsole.Services;

internal static class Registration
{
    public static ServiceBuilder AddOtherServices(this ServiceBuilder service) => service;
}
