using Sigma.Hosting;

namespace Sigma.OperatorConsole.Sources;

internal static class Registration
{
    /// <summary>How well the sources are watched.</summary>
    public static ServiceBuilder AddSources(this ServiceBuilder service)
    {
        service.Services.AddSingleton<CoverageQuery>().AddSingleton<SourceQuery>();
        return service;
    }
}
