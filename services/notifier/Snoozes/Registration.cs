using MassTransit;
using Sigma.Hosting;

namespace Sigma.Notifier.Snoozes;

internal static class Registration
{
    public static ServiceBuilder AddSnoozes(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SnoozeTable>().AddSingleton<AlertSnoozes>().AddSingleton<SnoozeSweep>();
        return service.Jobs(SnoozeSweep.Schedule)
            .Consumers(bus => bus.AddConsumer<SnoozeConsumer, SnoozeConsumerDefinition>());
    }
}
