using MassTransit;
using Quartz;
using Sigma.Contracts;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting.Messaging;
using Sigma.Hosting.Schedule;
using Sigma.Storage;

namespace Sigma.Evaluator.Drills;

/// <summary>
/// Clears a drill that should have been cleared long ago: its quiet slice was lost with a process, or came before its raise. No alert may be cleared
/// without covered time; a drill is none, and must not stay among those raised.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class DrillSweep(Database database, IBus bus, TimeProvider time, IHostApplicationLifetime host, ILogger<DrillSweep> log)
    : RepeatedJob("Drills that are overdue cannot be cleared", host, log)
{
    const int Most = 100;

    // Longer than anybody waits for the way a drill is to be cleared: that this one did not work must not be hidden.
    static readonly TimeSpan Overdue = TimeSpan.FromMinutes(2);

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<DrillSweep>(
        trigger => trigger.WithIdentity("evaluator-drills").StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(30)).RepeatForever()),
        job => job.WithIdentity("evaluator-drills"));

    public override async Task Run(CancellationToken ct)
    {
        List<ClearCandidate> overdue;
        await using (var session = await database.Begin(ct))
        {
            overdue = await TriggerTable.DueForClearCheck(session, DrillRule.Rule.Name, time.Milliseconds() - (long)Overdue.TotalMilliseconds,
                Most, ct);
            await session.Commit(ct);
        }
        foreach (var drill in overdue)
            await bus.PublishInTime(new ClearHint { TriggerId = drill.TriggerId, Through = time.GetUtcNow(), Reason = ClearReason.VolumeNormal }, ct);
    }
}
