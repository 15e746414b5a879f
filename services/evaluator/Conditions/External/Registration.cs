using MassTransit;
using Sigma.Hosting;

namespace Sigma.Evaluator.Conditions.External;

internal static class Registration
{
    public static ServiceBuilder AddExternal(this ServiceBuilder service)
    {
        service.Services.AddSingleton<ICondition, ExternalCondition>();
        return service.Consumers(bus => bus.AddConsumer<ConditionsConsumer, ConditionsConsumerDefinition>());
    }
}
