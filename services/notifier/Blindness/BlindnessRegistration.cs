using MassTransit;
using Quartz;
using Sigma.Hosting;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Blindness;

internal static class BlindnessRegistration
{
    public static ServiceBuilder AddBlindness(this ServiceBuilder service)
    {
        service.Services.AddSingleton<WatermarkTable>().AddSingleton<IClockStepRepair>(provider => provider.GetRequiredService<WatermarkTable>()).AddSingleton<BlindnessText>().AddSingleton<BlindnessTelemetry>()
            .AddSingleton<LastResort>().AddSingleton<BlindnessWatch>();
        var every = service.Configuration.GetValue("Notifier:Blindness:CheckEvery", new BlindnessOptions().CheckEvery);
        return service
            .Consumers(bus => bus.AddConsumer<CoverageConsumer, CoverageConsumerDefinition>())
            .Jobs(jobs => jobs.ScheduleJob<BlindnessWatch>(trigger => trigger
                .WithIdentity("notifier.blindness")
                .StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever())));
    }
}
