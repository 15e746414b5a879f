using MassTransit;
using Sigma.Hosting;

namespace Sigma.Notifier.Alerts;

internal static class Registration
{
    public static ServiceBuilder AddAlerts(this ServiceBuilder service)
    {
        service.Services.AddSingleton<AlertHistory>().AddHostedService<TopAccounts>();
        return service.Consumers(bus => bus.AddConsumer<AlertConsumer, AlertConsumerDefinition>());
    }
}
