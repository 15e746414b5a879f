using MassTransit;
using Quartz;
using Sigma.Hosting;
using Sigma.Notifier.Channels;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Deliveries;

internal static class Registration
{
    public static ServiceBuilder AddDeliveries(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton<DeliveryTable>()
            .AddSingleton<DeliveryQueue>()
            .AddSingleton<DeliveryPlan>()
            .AddSingleton<DeliveryLedger>()
            .AddSingleton<RecipientTable>()
            .AddSingleton<IClockStepRepair, DeliveryClockRepair>()
            .AddSingleton<RecipientQueue>()
            .AddSingleton<Settlement>()
            .AddSingleton<DeliveryLog>()
            .AddSingleton<NotifierTelemetry>()
            .AddSingleton<Sweep>()
            .AddHostedService<WaitingCount>();
        var every = service.Configuration.GetValue("Notifier:Deliveries:SweepEvery", new DeliveryOptions().SweepEvery);
        return service.Jobs(jobs => jobs.ScheduleJob<Sweep>(trigger => trigger
            .WithIdentity("notifier.sweep")
            .StartAt(TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(20))
            .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever())));
    }

    /// <summary>
    /// A channel and its queue, which nothing else shares. It is there also while the channel is switched off, so that nothing waits for ever.
    /// </summary>
    public static ServiceBuilder AddChannel<TChannel>(this ServiceBuilder service) where TChannel : class, IChannel
    {
        service.Services.AddSingleton<TChannel>().AddSingleton<IChannel>(provider => provider.GetRequiredService<TChannel>());
        return service.Consumers(bus => bus.AddConsumer<DeliveryConsumer<TChannel>, DeliveryConsumerDefinition<TChannel>>());
    }
}
