using Quartz;
using Sigma.Hosting;
using Sigma.Notifier.SelfMonitoring;

namespace Sigma.Notifier.SystemNotices;

internal static class Registration
{
    public static ServiceBuilder AddSystemNotices(this ServiceBuilder service)
    {
        service.Services.AddSingleton<NoticeTable>().AddSingleton<NoticePlan>().AddSingleton<NoticeLedger>().AddSingleton<NoticeSender>();
        var every = service.Configuration.GetValue("Notifier:Blindness:CheckEvery", new SelfMonitoringOptions().CheckEvery);
        return service.Jobs(jobs => jobs.ScheduleJob<NoticeSender>(trigger => trigger
            .WithIdentity("notifier.notices")
            .StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever())));
    }
}
