using Quartz;
using Sigma.Hosting;

namespace Sigma.Gateway.Retention;

internal static class Registration
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>What deletes old rows.</summary>
    public static ServiceBuilder AddRetention(this ServiceBuilder service)
    {
        service.Services.AddSingleton<Purge>();
        return service.Jobs(quartz => quartz.ScheduleJob<Purge>(
            trigger => trigger.WithIdentity("gateway-purge").StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(Every).RepeatForever()),
            job => job.WithIdentity("gateway-purge")));
    }
}
