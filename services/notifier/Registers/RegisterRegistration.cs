using MassTransit;
using Sigma.Hosting;

namespace Sigma.Notifier.Registers;

internal static class RegisterRegistration
{
    public static ServiceBuilder AddRegisters(this ServiceBuilder service)
    {
        service.Services.AddSingleton<RegisterTable>().AddHostedService<BusiestCount>();
        return service.Consumers(bus => bus.AddConsumer<AlertConsumer, AlertConsumerDefinition>());
    }
}
