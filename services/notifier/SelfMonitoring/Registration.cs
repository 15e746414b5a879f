using MassTransit;
using Quartz;
using Sigma.Hosting;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.SelfMonitoring;

internal static class Registration
{
    public static ServiceBuilder AddSelfMonitoring(this ServiceBuilder service)
    {
        service.Services.AddSingleton<WatermarkTable>().AddSingleton<IClockStepRepair>(provider => provider.GetRequiredService<WatermarkTable>())
            .AddSingleton<SelfMonitoringText>().AddSingleton<SelfMonitoringTelemetry>()
            .AddSingleton<WarnWithoutDatabase>().AddSingleton<SourceMonitor>();
        var every = service.Configuration.GetValue("Notifier:Blindness:CheckEvery", new SelfMonitoringOptions().CheckEvery);
        return service
            .Consumers(bus => bus.AddConsumer<CoverageConsumer, CoverageConsumerDefinition>())
            .Jobs(jobs => jobs.ScheduleJob<SourceMonitor>(trigger => trigger
                .WithIdentity("notifier.blindness")
                .StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever())));
    }
}
