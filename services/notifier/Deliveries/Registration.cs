using Quartz;
using Sigma.Hosting;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Deliveries;

internal static class Registration
{
    public static ServiceBuilder AddDeliveries(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton<DeliveryTable>()
            .AddSingleton<ClaimTable>()
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
}
