using Sigma.Hosting;

namespace Sigma.OperatorConsole.Logs;

internal static class Registration
{
    /// <summary>Log lines, as the archive has them.</summary>
    public static ServiceBuilder AddLogs(this ServiceBuilder service)
    {
        service.Services.AddSingleton<LogSearch>();
        return service;
    }
}
