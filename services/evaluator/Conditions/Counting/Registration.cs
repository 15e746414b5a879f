using MassTransit;
using Sigma.Evaluator.Conditions.Counting.Lines;
using Sigma.Evaluator.Reports.Legacy;
using Sigma.Hosting;

namespace Sigma.Evaluator.Conditions.Counting;

internal static class Registration
{
    public static ServiceBuilder AddCounting(this ServiceBuilder service)
    {
        service.Services.AddSingleton<ICondition, CountCondition>();
        service.Services.AddSingleton<EventStore>().AddSingleton<RaiseCheck>().AddSingleton<ClearCheck>().AddSingleton<LegacyWindow>();
        service.Services.AddHostedService<CountingWarmup>();
        return service.Jobs(LineClearSweep.Schedule).Consumers(bus =>
        {
            bus.AddConsumer<LinesConsumer, LinesConsumerDefinition>();
            bus.AddConsumer<EventBatchConsumer, EventBatchConsumerDefinition>();
            bus.AddConsumer<OccurrencesExcusedConsumer, OccurrencesExcusedConsumerDefinition>();
        });
    }
}
