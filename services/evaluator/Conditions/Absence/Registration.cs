using MassTransit;
using Sigma.Hosting;

namespace Sigma.Evaluator.Conditions.Absence;

internal static class Registration
{
    public static ServiceBuilder AddAbsence(this ServiceBuilder service)
    {
        service.Services.AddSingleton<ICondition, AbsenceCondition>();
        return service.Consumers(bus => bus.AddConsumer<BeatsConsumer, BeatsConsumerDefinition>());
    }
}
