using Quartz;
using Sigma.Hosting;

namespace Sigma.Evaluator.Retention;

internal static class Registration
{
    public static ServiceBuilder AddRetention(this ServiceBuilder service)
    {
        service.Services.AddSingleton<Purge>();
        return service.Jobs(quartz => quartz.ScheduleJob<Purge>(
            trigger => trigger.WithIdentity("evaluator-purge").StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromMinutes(5)).RepeatForever()),
            job => job.WithIdentity("evaluator-purge")));
    }
}
