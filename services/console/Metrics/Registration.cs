using Sigma.Hosting;

namespace Sigma.OperatorConsole.Metrics;

internal static class Registration
{
    /// <summary>Series and their values, as the archive has them.</summary>
    public static ServiceBuilder AddMetrics(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SampleQuery>();
        return service;
    }
}
