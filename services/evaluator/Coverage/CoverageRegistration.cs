using Sigma.Hosting;

namespace Sigma.Evaluator.Coverage;

internal static class CoverageRegistration
{
    public static ServiceBuilder AddCoverage(this ServiceBuilder service)
    {
        service.Services.AddSingleton<CoverageLog>().AddHostedService<CoverageLag>();
        return service;
    }
}
