using Quartz;
using Sigma.Hosting;

namespace Sigma.Notifier.Retention;

internal static class Registration
{
    public static ServiceBuilder AddRetention(this ServiceBuilder service)
    {
        service.Services.AddSingleton<Purge>();
        return service.Jobs(jobs => jobs.ScheduleJob<Purge>(trigger => trigger
            .WithIdentity("notifier.purge")
            .WithCronSchedule("0 17 4 * * ?", cron => cron.InTimeZone(TimeZoneInfo.Utc))));
    }
}
