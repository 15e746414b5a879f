using Sigma.Hosting;
using Sigma.Hosting.Api;

namespace Sigma.Fetcher.Drills;

internal static class Registration
{
    /// <summary>Test events on demand.</summary>
    public static ServiceBuilder AddDrills(this ServiceBuilder service)
    {
        service.Services.AddSingleton<DrillTable>().AddHostedService<DrillPublisher>();
        return service.Api("fetcher", null, DrillsApi.Map);
    }
}
