using Sigma.Fetcher.Queries;
using Sigma.Hosting;

namespace Sigma.Fetcher.Coverage;

internal static class Registration
{
    /// <summary>
    /// Which slices of time are wanted, published or failed, who works on them, how far back they are kept, and what is reported of them.
    /// </summary>
    public static ServiceBuilder AddCoverage(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SliceTable>().AddSingleton<LateArrivals>().AddSingleton<SourceLease>().AddSingleton<SlicePurge>();
        service.Services.AddSingleton<CoverageReporter>().AddSingleton<CoverageSummary>();
        service.Services.AddHostedService<LeaseRelease>().AddHostedService<CoverageCount>();
        return service.Jobs(SlicePurge.Schedule).Endpoints(CoverageEndpoint.Map);
    }
}
