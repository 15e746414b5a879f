using Sigma.Hosting;

namespace Sigma.Notifier.Drills;

internal static class Registration
{
    public static ServiceBuilder AddDrills(this ServiceBuilder service)
    {
        service.Services.AddSingleton<LateDrills>();
        return service.Jobs(DrillSweep.Schedule);
    }
}
