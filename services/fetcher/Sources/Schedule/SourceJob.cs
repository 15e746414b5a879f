using Quartz;

namespace Sigma.Fetcher.Sources.Schedule;

/// <summary>A turn of a source. It only begins the look: one that takes long, or hangs, keeps nobody else from their turn.</summary>
internal sealed class SourceJob(SourceSet sources, SourceRunner runner) : IJob
{
    public const string Source = "source";

    public ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        if (context.MergedJobDataMap.GetString(Source) is { } name && sources.Find(name) is { } source)
            runner.Begin(source);
        return ValueTask.CompletedTask;
    }
}
