using MassTransit;
using Quartz;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Schedule;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions;

/// <summary>
/// Looks for keys that must be raised or cleared because time has passed: set by set along an index, so that nothing due costs nothing. It goes by
/// covered time: while nobody could take in news, nobody is silent.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class DueSweep(Database database, RuleBook book, ConditionSet conditions, KeyHints hints, IBus bus,
    IHostApplicationLifetime host, ILogger<DueSweep> log)
    : RepeatedJob("Keys whose time has come cannot be looked at", host, log)
{
    const int Batch = 500;

    /// <summary>Where nothing is to be done by time alone; milliseconds since 1970.</summary>
    public const long Never = 253_402_300_799_999;

    /// <summary>After how long a hint that got lost is sent again; milliseconds.</summary>
    public static readonly long Again = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<DueSweep>(
        trigger => trigger.WithIdentity("evaluator-due").StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(2)).RepeatForever()),
        job => job.WithIdentity("evaluator-due"));

    public override async Task Run(CancellationToken ct)
    {
        List<string> names;
        await using (var session = await database.Begin(ct))
        {
            names = await conditions.Sweepable(session, book.Now, ct);
            await session.Commit(ct);
        }
        foreach (var name in names)
            await Sweep(name, ct);
    }

    async Task Sweep(string name, CancellationToken ct)
    {
        IReadOnlyList<Key> due;
        do
        {
            Rule rule;
            List<Key> gone; // the rule made keys of other labels once
            await using (var session = await database.Begin(ct))
            {
                var rules = await book.Current(session, ct);
                if (rules.Find(name) is not { Kind: not RuleKind.Count } found)
                    return;
                rule = found;
                due = await IntakeLog.Covered(session, rule.Source, ct) is { To: > 0 } covered
                    ? await conditions.Of(rule).TakeDue(session, rule, covered, Batch, ct) : [];
                gone = due.Where(key => !rules.IsTriggerOf(rule, key.TriggerId, key.Labels)).ToList();
                await conditions.Of(rule).Forget(session, gone, ct);
                await session.Commit(ct);
            }
            if (due.Count > gone.Count)
                await hints.Send(rule, [.. due.Except(gone)], bus, ct);
        } while (due.Count == Batch);
    }
}
