using Sigma.Hosting;

namespace Sigma.Notifier.Decisions;

internal static class Registration
{
    public static ServiceBuilder AddDecisions(this ServiceBuilder service)
    {
        service.Services.AddSingleton<DecisionTable>();
        return service;
    }
}
