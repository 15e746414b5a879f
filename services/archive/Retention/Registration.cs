using Quartz;
using Sigma.Hosting;

namespace Sigma.Archive.Retention;

internal static class Registration
{
    public static ServiceBuilder AddRetention(this ServiceBuilder service)
    {
        service.Services.AddSingleton<Purge>().AddHostedService<DiskUse>();
        return service.Jobs(quartz => quartz.ScheduleJob<Purge>(
            trigger => trigger.WithIdentity("archive-purge").StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromMinutes(10)).RepeatForever()),
            job => job.WithIdentity("archive-purge")));
    }
}
