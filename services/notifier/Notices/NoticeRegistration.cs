using Quartz;
using Sigma.Hosting;
using Sigma.Notifier.Blindness;

namespace Sigma.Notifier.Notices;

internal static class NoticeRegistration
{
    public static ServiceBuilder AddNotices(this ServiceBuilder service)
    {
        service.Services.AddSingleton<NoticeTable>().AddSingleton<NoticePlan>().AddSingleton<NoticeLedger>().AddSingleton<NoticeSender>();
        var every = service.Configuration.GetValue("Notifier:Blindness:CheckEvery", new BlindnessOptions().CheckEvery);
        return service.Jobs(jobs => jobs.ScheduleJob<NoticeSender>(trigger => trigger
            .WithIdentity("notifier.notices")
            .StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever())));
    }
}
