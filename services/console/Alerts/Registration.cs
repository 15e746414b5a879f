using Sigma.Hosting;

namespace Sigma.OperatorConsole.Alerts;

internal static class Registration
{
    public static ServiceBuilder AddAlerts(this ServiceBuilder service) => service;
}
