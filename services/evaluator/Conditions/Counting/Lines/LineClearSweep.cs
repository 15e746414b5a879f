using MassTransit;
using Quartz;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Schedule;

namespace Sigma.Evaluator.Conditions.Counting.Lines;

/// <summary>
/// Looks whether alerts of log rules are over. Of polled sources each slice has that done; the covered time of gateways is that of all kinds of news,
/// and moves on with any.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class LineClearSweep(CoverageLog coverage, RuleBook book, ClearCheck clearing, IBus bus, IHostApplicationLifetime host,
    ILogger<LineClearSweep> log)
    : RepeatedJob("Alerts of log rules cannot be looked at", host, log)
{
    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<LineClearSweep>(
        trigger => trigger.WithIdentity("evaluator-lines").StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(2)).RepeatForever()),
        job => job.WithIdentity("evaluator-lines"));

    public override async Task Run(CancellationToken ct)
    {
        var sources = book.Now.Counting.Where(rule => rule.Lines is not null).Select(rule => rule.EventSource).Distinct().ToList();
        if (sources.Count == 0 || await coverage.Covered(IntakeLog.Source, ct) is not { } covered)
            return;
        foreach (var source in sources)
            await clearing.Run(source, covered, bus, ct);
    }
}
