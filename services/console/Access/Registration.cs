using Sigma.Hosting;

namespace Sigma.OperatorConsole.Access;

internal static class Registration
{
    public static ServiceBuilder AddAccess(this ServiceBuilder service) => service;
}
