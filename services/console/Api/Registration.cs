using Sigma.Hosting;

namespace Sigma.OperatorConsole.Api;

internal static class Registration
{
    public static ServiceBuilder AddApi(this ServiceBuilder service) => service;
}
