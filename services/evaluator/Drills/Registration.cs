using Sigma.Hosting;

namespace Sigma.Evaluator.Drills;

internal static class Registration
{
    public static ServiceBuilder AddDrills(this ServiceBuilder service) => service.Jobs(DrillSweep.Schedule);
}
