using Sigma.Hosting;

namespace Sigma.Fetcher.Drills;

internal static class Registration
{
    /// <summary>Test events on demand.</summary>
    public static ServiceBuilder AddDrills(this ServiceBuilder service)
    {
        service.Services.AddSingleton<DrillTable>().AddHostedService<DrillPublisher>();
        return service;
    }
}
