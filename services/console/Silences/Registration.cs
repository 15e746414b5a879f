using Sigma.Hosting;

namespace Sigma.OperatorConsole.Silences;

internal static class Registration
{
    /// <summary>What is not told for a while, and the clocks it is entered by.</summary>
    public static ServiceBuilder AddSilences(this ServiceBuilder service)
    {
        service.Services.AddSingleton<StationTime>().AddSingleton<SilenceCommands>();
        return service;
    }
}
