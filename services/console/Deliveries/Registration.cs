using Sigma.Hosting;

namespace Sigma.OperatorConsole.Deliveries;

internal static class Registration
{
    /// <summary>What is or was to be said of alerts, and a person's word about it.</summary>
    public static ServiceBuilder AddDeliveries(this ServiceBuilder service)
    {
        service.Services.AddSingleton<DeliveryCommands>();
        return service;
    }
}
