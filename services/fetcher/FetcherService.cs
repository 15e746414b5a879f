using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Drills;
using Sigma.Fetcher.Events;
using Sigma.Fetcher.Occurrences;
using Sigma.Fetcher.Polling;
using Sigma.Fetcher.Publishing;
using Sigma.Fetcher.Queries;
using Sigma.Fetcher.Schema;
using Sigma.Hosting;
using Sigma.Segware;

namespace Sigma.Fetcher;

/// <summary>The fetcher as part of a process: alone in its own, or beside the others in the standalone host.</summary>
public static class FetcherService
{
    /// <summary>All that the fetcher does.</summary>
    public static ServiceBuilder AddFetcher(this ServiceBuilder service) => service
        .Settings<FetcherOptions>("Fetcher")
        .Schema(FetcherContext.Schema)
        .AddSegware()
        .AddCoverage()
        .AddEvents()
        .AddOccurrences()
        .AddPublishing()
        .AddPolling()
        .AddDrills();

    /// <summary>
    /// Which slices of time are wanted, published or failed, who works on them, how far back they are kept, and what is reported of them.
    /// </summary>
    static ServiceBuilder AddCoverage(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SliceTable>().AddSingleton<LateArrivals>().AddSingleton<SourceLease>().AddSingleton<SlicePurge>();
        service.Services.AddSingleton<CoverageReporter>().AddSingleton<CoverageSummary>();
        service.Services.AddHostedService<LeaseRelease>().AddHostedService<CoverageCount>();
        return service.Jobs(SlicePurge.Schedule).Endpoints(CoverageEndpoint.Map);
    }

    /// <summary>Segware's events of a slice, and what is odd about them.</summary>
    static ServiceBuilder AddEvents(this ServiceBuilder service)
    {
        service.Services.AddSingleton<EventFilter>().AddSingleton<EventTime>().AddSingleton<EventReader>()
            .AddSingleton<SegwareEvents>().AddSegwareCheck();
        service.Services.AddSingleton<MalformedRecordTable>().AddSingleton<KnownFields>().AddSingleton<ReplacedTimes>();
        return service;
    }

    /// <summary>The occurrences that the system user closed.</summary>
    static ServiceBuilder AddOccurrences(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SegwareOccurrences>().AddSingleton<ExcusedOccurrences>();
        return service;
    }

    /// <summary>What goes out to the broker.</summary>
    static ServiceBuilder AddPublishing(this ServiceBuilder service)
    {
        service.Services.AddSingleton<Publisher>();
        return service;
    }

    /// <summary>The poll and its schedule.</summary>
    static ServiceBuilder AddPolling(this ServiceBuilder service)
    {
        service.Services.AddSingleton<FetcherTelemetry>().AddSingleton<SliceFetch>().AddSingleton<Poll>().AddHostedService<ReaderWarmup>();
        var interval = service.Configuration.GetSection("Fetcher").Get<FetcherOptions>()?.PollInterval ?? new FetcherOptions().PollInterval;
        return service.Jobs(jobs => PollJob.Schedule(jobs, interval));
    }

    /// <summary>Test events on demand.</summary>
    static ServiceBuilder AddDrills(this ServiceBuilder service)
    {
        service.Services.AddSingleton<DrillTable>().AddHostedService<DrillPublisher>();
        return service;
    }
}
