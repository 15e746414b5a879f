using Sigma.Hosting;

namespace Sigma.OperatorConsole.Operations;

internal static class Registration
{
    public static ServiceBuilder AddOperations(this ServiceBuilder service) => service;
}
