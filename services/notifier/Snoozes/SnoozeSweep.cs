using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Notifier.Alerts;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Notifier.Snoozes;

/// <summary>Ends the snoozes whose time is over. Any number of notifiers may look.</summary>
[DisallowConcurrentExecution]
internal sealed class SnoozeSweep(Database database, SnoozeTable table, AlertSnoozes snoozes, AlertHistory history, OutboxSender outbox,
    IHostApplicationLifetime host, ILogger<SnoozeSweep> log)
    : RepeatedJob("Snoozes that are over cannot be looked for", host, log)
{
    const int Batch = 200;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<SnoozeSweep>(trigger => trigger
        .WithIdentity("notifier.snoozes")
        .StartNow()
        .WithSimpleSchedule(schedule => schedule.WithInterval(Every).RepeatForever()));

    public override async Task Run(CancellationToken ct)
    {
        while (await EndDue(ct) == Batch)
        {
            // there may be more
        }
    }

    // Read without locks, and looked at again under the alert's.
    async Task<int> EndDue(CancellationToken ct)
    {
        var due = await Due(ct);
        foreach (var alert in due)
        {
            await using var session = await database.Begin(ct);
            await snoozes.EndIfDue(session, alert, await history.Lock(session, alert, ct), ct);
            await outbox.Commit(session, ct);
        }
        return due.Count;
    }

    async Task<List<Guid>> Due(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await table.Due(session, Batch, ct);
    }
}
