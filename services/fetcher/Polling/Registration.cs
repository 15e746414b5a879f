using Sigma.Hosting;

namespace Sigma.Fetcher.Polling;

internal static class Registration
{
    /// <summary>The poll and its schedule.</summary>
    public static ServiceBuilder AddPolling(this ServiceBuilder service)
    {
        service.Services.AddSingleton<FetcherTelemetry>().AddSingleton<SliceFetch>().AddSingleton<Poll>().AddHostedService<ReaderWarmup>();
        var interval = service.Configuration.GetSection("Fetcher").Get<FetcherOptions>()?.PollInterval ?? new FetcherOptions().PollInterval;
        return service.Jobs(jobs => PollJob.Schedule(jobs, interval));
    }
}
