using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Sigma.IntegrationTests.Stations;

/// <summary>Counts the turns of one scheduled job of one service.</summary>
internal sealed class JobTurns<TJob> : IJobListener where TJob : class, IJob
{
    int _ended;

    public string Name { get; } = $"turns of {typeof(TJob).Name} {Guid.NewGuid():N}";

    /// <summary>Waits for more turns; the first of them may be one that has begun already.</summary>
    public static async Task UntilMore(WebApplication service, int turns)
    {
        var scheduler = await service.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var seen = new JobTurns<TJob>();
        scheduler.ListenerManager.AddJobListener(seen);
        await Await.Until(() => Task.FromResult(Volatile.Read(ref seen._ended)), ended => ended >= turns,
            $"{typeof(TJob).Name} has had {turns} turns more");
        scheduler.ListenerManager.RemoveJobListener(seen.Name);
    }

    public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? failure, CancellationToken ct)
    {
        if (context.JobDetail.JobType.Type == typeof(TJob))
            Interlocked.Increment(ref _ended);
        return ValueTask.CompletedTask;
    }
}
