using MassTransit;
using Sigma.Hosting;

namespace Sigma.Evaluator.Windows;

internal static class Registration
{
    public static ServiceBuilder AddWindows(this ServiceBuilder service)
    {
        service.Services.AddSingleton<EventStore>().AddSingleton<RaiseCheck>().AddHostedService<CountingWarmup>();
        return service.Consumers(bus =>
        {
            bus.AddConsumer<EventBatchConsumer, EventBatchConsumerDefinition>();
            bus.AddConsumer<OccurrencesExcusedConsumer, OccurrencesExcusedConsumerDefinition>();
        });
    }
}
