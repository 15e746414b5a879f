using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Drills;
using Sigma.Fetcher.Events;
using Sigma.Fetcher.Occurrences;
using Sigma.Fetcher.Polling;
using Sigma.Fetcher.Publishing;
using Sigma.Fetcher.Schema;
using Sigma.Fetcher.Sources;
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
        .AddDrills()
        .AddSources();
}
