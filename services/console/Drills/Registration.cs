using Sigma.Hosting;
using static Sigma.OperatorConsole.Services.Registration;

namespace Sigma.OperatorConsole.Drills;

internal static class Registration
{
    /// <summary>Test events on demand.</summary>
    public static ServiceBuilder AddDrills(this ServiceBuilder service)
    {
        service.Services.AddSingleton<DrillCommands>().AddSingleton(provider => new DrillClient(
            Calls(provider, "fetcher", options => options.Fetcher), Calls(provider, "evaluator", options => options.Evaluator),
            Calls(provider, "notifier", options => options.Notifier)));
        return service;
    }
}
