using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Storage;
using Sigma.Storage.Retention;

namespace Sigma.OperatorConsole.Projection;

/// <summary>Takes alerts away that were over longer ago than they are kept, with what happened to them, a few at a time.</summary>
[DisallowConcurrentExecution]
internal sealed class Purge(OldRows rows, IOptions<ConsoleOptions> options, TimeProvider time, IHostApplicationLifetime host, ILogger<Purge> log)
    : RepeatedJob("Old alerts of the console cannot be deleted", host, log)
{
    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<Purge>(trigger => trigger
        .WithIdentity("console.purge")
        .WithCronSchedule("0 41 4 * * ?", cron => cron.InTimeZone(TimeZoneInfo.Utc)));

    public override async Task Run(CancellationToken ct)
    {
        var deleted = await rows.Delete<Guid>( // ix_console_alerts_cleared, ix_console_alert_events_alert
            "select alert_id from console_alerts where cleared_at < @before order by cleared_at",
            new { before = (time.GetUtcNow() - options.Value.KeepAlerts).ToUnixTimeMilliseconds() },
            ids => $"delete from console_alert_events where alert_id in ({ids.Literals()}); "
                + $"delete from console_alerts where alert_id in ({ids.Literals()}) and cleared_at < @before", ct);
        log.Log(deleted > 0 ? LogLevel.Information : LogLevel.Debug, "Deleted as too old: {Rows} alerts of the console and their events", deleted);
    }
}
