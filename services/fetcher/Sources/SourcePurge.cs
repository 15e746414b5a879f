using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Storage;
using Sigma.Storage.Retention;

namespace Sigma.Fetcher.Sources;

/// <summary>Forgets conditions that are over for long.</summary>
[DisallowConcurrentExecution]
internal sealed class SourcePurge(OldRows rows, TimeProvider time, IHostApplicationLifetime host, ILogger<SourcePurge> log)
    : RepeatedJob("Old conditions cannot be deleted", host, log)
{
    /// <summary>How long a condition that is over is remembered, so that it is not taken for a new one.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<SourcePurge>(
        trigger => trigger.WithIdentity("fetcher-source-purge").StartAt(TimeProvider.System.GetUtcNow().AddMinutes(7))
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromHours(1)).RepeatForever()));

    public override Task Run(CancellationToken ct) => rows.Delete<ConditionKey>(
        // ix_fetcher_conditions_seen
        "select source Source, condition_id Id from fetcher_conditions where seen_at < @before and fires = 0 order by seen_at",
        new { before = time.Milliseconds() - (long)Kept.TotalMilliseconds },
        keys => $"delete from fetcher_conditions where fires = 0 and seen_at < @before and condition_id in ({keys.Select(key => key.Id).Literals()})",
        ct);

    sealed class ConditionKey
    {
        public string Source { get; init; } = "";
        public Guid Id { get; init; }
    }
}
