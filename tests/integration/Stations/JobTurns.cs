using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Sigma.IntegrationTests.Stations;

/// <summary>Counts the turns of one scheduled job of one service.</summary>
internal sealed class JobTurns<TJob>(int turns) : IJobListener where TJob : class, IJob
{
    readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _left = turns;

    public string Name { get; } = $"turns of {typeof(TJob).Name} {Guid.NewGuid():N}";

    /// <summary>Waits for more turns; the first of them may be one that has begun already.</summary>
    public static async Task Await(WebApplication service, int turns)
    {
        var scheduler = await service.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var listener = new JobTurns<TJob>(turns);
        scheduler.ListenerManager.AddJobListener(listener);
        await listener._over.Task.WaitAsync(TimeSpan.FromSeconds(60));
        scheduler.ListenerManager.RemoveJobListener(listener.Name);
    }

    public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? failure, CancellationToken ct)
    {
        if (context.JobDetail.JobType.Type == typeof(TJob) && Interlocked.Decrement(ref _left) == 0)
            _over.SetResult();
        return ValueTask.CompletedTask;
    }
}
