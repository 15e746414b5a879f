using Sigma.Hosting;

namespace Sigma.OperatorConsole.Audit;

internal static class Registration
{
    public static ServiceBuilder AddAudit(this ServiceBuilder service) => service;
}
