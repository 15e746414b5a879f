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
internal sealed class DueSweep(Database database, RuleSet rules, ConditionSet conditions, KeyHints hints, IBus bus,
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
        foreach (var rule in rules.All.Where(rule => rule.Kind != RuleKind.Count))
            await Sweep(rule, ct);
    }

    async Task Sweep(Rule rule, CancellationToken ct)
    {
        IReadOnlyList<Key> due;
        do
        {
            await using (var session = await database.Begin(ct))
            {
                due = await IntakeLog.Covered(session, rule.Source, ct) is { To: > 0 } covered
                    ? await conditions.Of(rule).TakeDue(session, rule, covered, Batch, ct) : [];
                await session.Commit(ct);
            }
            if (due.Count > 0)
                await hints.Send(rule, due, bus, ct);
        } while (due.Count == Batch);
    }
}
