using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Notifier.Escalation;

/// <summary>A lost message is never a lost step: what is overdue is sent again.</summary>
[DisallowConcurrentExecution]
internal sealed class EscalationSweep(Database database, EscalationTable table, Escalations escalations, OutboxSender outbox,
    IOptions<NotifierOptions> options, IHostApplicationLifetime host, ILogger<EscalationSweep> log)
    : RepeatedJob("Overdue escalations cannot be looked for", host, log)
{
    const int Batch = 200;

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<EscalationSweep>(trigger => trigger
        .WithIdentity("notifier.escalations")
        .StartNow()
        .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromMinutes(1)).RepeatForever()));

    public override async Task Run(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        foreach (var overdue in await table.Overdue(session, options.Value.Deliveries.OverdueAfter, Batch, ct))
            await escalations.SendAgain(session, overdue, ct);
        await outbox.Commit(session, ct);
    }
}
