using Sigma.Hosting;

namespace Sigma.Evaluator.Coverage;

internal static class Registration
{
    public static ServiceBuilder AddCoverage(this ServiceBuilder service)
    {
        service.Services.AddSingleton<CoverageLog>().AddHostedService<CoverageLag>();
        return service;
    }
}
