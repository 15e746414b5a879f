using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Storage;

namespace Sigma.Notifier.Drills;

/// <summary>Deletes drills of more than an hour ago with their deliveries.</summary>
[DisallowConcurrentExecution]
internal sealed class DrillSweep(Database database, TimeProvider time, IHostApplicationLifetime host, ILogger<DrillSweep> log)
    : RepeatedJob("Old drills cannot be forgotten", host, log)
{
    /// <summary>Long enough for a person to look at a delivery that has failed.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<DrillSweep>(trigger => trigger
        .WithIdentity("notifier.drills")
        .StartNow()
        .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromMinutes(1)).RepeatForever()));

    public override async Task Run(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        // A handful of rows. A clear that comes before its raise has no raised_at, so the row's own age counts.
        var old = await session.Query<Guid>("select alert_id from notifier_drills where created_at < @before",
            new { before = (time.GetUtcNow() - Kept).UtcDateTime }, ct);
        if (old.Count == 0)
            return;
        var alerts = old.Literals();
        await session.Execute($"delete from notifier_deliveries where alert_id in ({alerts})", null, ct); // uq_deliveries_alert
        await session.Execute($"delete from notifier_drills where alert_id in ({alerts})", null, ct);
        await session.Commit(ct);
    }
}
