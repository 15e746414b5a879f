using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Fetcher.Events;
using Sigma.Hosting.Schedule;
using Sigma.Storage;

namespace Sigma.Fetcher.Coverage;

/// <summary>Forgets slices and odd records older than <c>Fetcher:KeepSlices</c>, in small batches.</summary>
[DisallowConcurrentExecution]
internal sealed class SlicePurge(SliceTable slices, MalformedRecordTable odd, IOptions<FetcherOptions> options, TimeProvider time,
    IHostApplicationLifetime host, ILogger<SlicePurge> log)
    : RepeatedJob("Old slices cannot be deleted", host, log)
{
    const int Batch = 1000;

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<SlicePurge>(
        trigger => trigger.WithIdentity("fetcher-purge").StartAt(TimeProvider.System.GetUtcNow().AddMinutes(5))
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromHours(1)).RepeatForever()));

    public override async Task Run(CancellationToken ct)
    {
        await odd.Forget(time.Milliseconds() - (long)options.Value.KeepSlices.TotalMilliseconds, ct);
        if (await slices.MoveWatermark(ct) is not { } watermark)
            return;
        // After a long stop the last slices say where to go on, however old they are.
        var before = Math.Min(time.Milliseconds() - (long)options.Value.KeepSlices.TotalMilliseconds,
            watermark - (long)TimeSpan.FromDays(1).TotalMilliseconds);
        while (await slices.Forget(before, Batch, ct))
            await Task.Delay(100, ct);
    }
}
