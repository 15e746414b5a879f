using MassTransit;
using Sigma.Hosting;

namespace Sigma.Evaluator.Coverage;

internal static class Registration
{
    public static ServiceBuilder AddCoverage(this ServiceBuilder service)
    {
        service.Services.AddSingleton<CoverageLog>().AddSingleton<IntakeLog>().AddHostedService<CoverageLag>();
        return service.Consumers(bus => bus.AddConsumer<IntakeConsumer, IntakeConsumerDefinition>());
    }
}
