using MassTransit;
using Sigma.Hosting;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Escalation;

internal static class Registration
{
    public static ServiceBuilder AddEscalation(this ServiceBuilder service)
    {
        service.Services.AddSingleton<EscalationTable>().AddSingleton<IClockStepRepair>(provider => provider.GetRequiredService<EscalationTable>())
            .AddSingleton<Escalations>().AddSingleton<EscalationSweep>();
        return service.Jobs(EscalationSweep.Schedule)
            .Consumers(bus => bus.AddConsumer<EscalationConsumer, EscalationConsumerDefinition>());
    }
}
