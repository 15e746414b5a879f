using Sigma.Hosting;

namespace Sigma.Evaluator.Drills;

internal static class DrillRegistration
{
    public static ServiceBuilder AddDrills(this ServiceBuilder service) => service.Jobs(DrillSweep.Schedule);
}
