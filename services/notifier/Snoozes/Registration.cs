using MassTransit;
using Sigma.Hosting;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Snoozes;

internal static class Registration
{
    public static ServiceBuilder AddSnoozes(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SnoozeTable>().AddSingleton<IClockStepRepair>(provider => provider.GetRequiredService<SnoozeTable>())
            .AddSingleton<AlertSnoozes>().AddSingleton<SnoozeSweep>();
        return service.Jobs(SnoozeSweep.Schedule)
            .Consumers(bus => bus.AddConsumer<SnoozeConsumer, SnoozeConsumerDefinition>());
    }
}
