using Quartz;

namespace Sigma.Fetcher.Sources.Schedule;

/// <summary>Has Quartz keep the turns of every source that the settings name.</summary>
internal sealed class SourceSchedule(SourceSet sources, SourceRunner runner, ISchedulerFactory schedulers, TimeProvider time,
    ILogger<SourceSchedule> log) : IHostedService
{
    const string Group = "sources";

    public async Task StartAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        foreach (var source in sources.All)
        {
            var job = JobBuilder.Create<SourceJob>().WithIdentity(source.Plan.Name, Group).UsingJobData(SourceJob.Source, source.Plan.Name).Build();
            var trigger = source.Plan.Turns.On(TriggerBuilder.Create().WithIdentity(source.Plan.Name, Group), time.GetUtcNow()).Build();
            await scheduler.ScheduleJob(job, trigger, cancellationToken: ct);
        }
        if (sources.All.Count > 0)
            log.LogInformation("{Count} sources are polled beside Segware: {Sources}", sources.All.Count,
                string.Join(", ", sources.All.Select(source => source.Plan.Name)));
    }

    public Task StopAsync(CancellationToken ct) => runner.End(ct);
}
