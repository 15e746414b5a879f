using MassTransit;
using Sigma.Hosting;

namespace Sigma.Evaluator.Conditions.Threshold;

internal static class Registration
{
    public static ServiceBuilder AddThreshold(this ServiceBuilder service)
    {
        service.Services.AddSingleton<ICondition, ThresholdCondition>();
        return service.Consumers(bus => bus.AddConsumer<SamplesConsumer, SamplesConsumerDefinition>());
    }
}
