using MassTransit;
using Quartz;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting.Messaging;
using Sigma.Hosting.Schedule;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions;

/// <summary>
/// Has keys looked at whose hours have begun, that have been wrong for long enough, that were while nobody looked, or that are reported otherwise.
/// What is true of them the trigger finds out; a hint that got lost is sent again a minute later.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class PendingSweep(Database database, RuleBook book, IBus bus, TimeProvider time, IHostApplicationLifetime host,
    ILogger<PendingSweep> log)
    : RepeatedJob("Keys that may be raised by now cannot be looked at", host, log)
{
    const int Batch = 500;

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<PendingSweep>(
        trigger => trigger.WithIdentity("evaluator-pending").StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(2)).RepeatForever()),
        job => job.WithIdentity("evaluator-pending"));

    public override async Task Run(CancellationToken ct)
    {
        while (await Sweep(ct) == Batch) { }
    }

    // In transactions of its own each: who decides on a trigger has locked that row before it writes one here.
    async Task<int> Sweep(CancellationToken ct)
    {
        var now = time.Milliseconds();
        RuleSet rules;
        List<PendingKey> due;
        await using (var session = await database.Begin(ct))
        {
            rules = await book.Current(session, ct);
            due = await PendingTable.TakeDue(session, now, Batch, ct);
            await session.Commit(ct);
        }
        if (due.Count == 0)
            return 0;
        var raised = await Raised(due, ct);
        List<Guid> done = [];
        List<RaiseHint> hints = [];
        List<UpdateHint> updates = [];
        foreach (var (key, name, raiseAt, isMissed) in due.Where(pending => !rules.IsUnreadable(pending.Rule)))
        {
            var rule = rules.Find(name);
            var isRaised = raised.Contains(key.TriggerId);
            var isItsKey = rule is not null && rules.IsTriggerOf(rule, key.TriggerId, key.Labels);
            if (!isItsKey || isRaised || !rule!.MayWait && !isMissed)
                done.Add(key.TriggerId); // nobody's any more, raised meanwhile, or what is wrong needs no row by the rule as it is now
            if (isItsKey && isRaised)
                updates.Add(new UpdateHint { TriggerId = key.TriggerId, From = now.ToTime(), To = now.ToTime() });
            else if (isItsKey)
                hints.Add(Hint(rule!, key, Math.Min(raiseAt, now).ToTime()));
        }
        await Task.WhenAll([.. hints.Select(hint => bus.PublishInTime(hint, ct)), .. updates.Select(hint => bus.PublishInTime(hint, ct))]);
        await Remove(done, now, ct); // last: what ends before this takes them again
        return due.Count;
    }

    async Task Remove(List<Guid> done, long taken, CancellationToken ct)
    {
        if (done.Count == 0)
            return;
        await using var session = await database.Begin(ct);
        await PendingTable.RemoveTaken(session, done, taken, ct);
        await session.Commit(ct);
    }

    async Task<HashSet<Guid>> Raised(IEnumerable<PendingKey> due, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var raised = await TriggerTable.Raised(session, due.Select(pending => pending.Key.TriggerId), ct);
        await session.Commit(ct);
        return raised;
    }

    static RaiseHint Hint(Rule rule, Key key, DateTimeOffset at) => new()
    {
        TriggerId = key.TriggerId, Rule = rule.Name, Source = rule.Source, Labels = key.Labels, From = at, To = at,
    };
}
