using Sigma.Hosting;

namespace Sigma.OperatorConsole.Deliveries;

internal static class Registration
{
    public static ServiceBuilder AddDeliveries(this ServiceBuilder service) => service;
}
