using Sigma.Evaluator.Conditions.External;
using Sigma.Hosting;

namespace Sigma.Evaluator.Changes;

internal static class Registration
{
    public static ServiceBuilder AddChanges(this ServiceBuilder service)
    {
        service.Services.AddSingleton<RulesInForce>().AddSingleton<RuleTable>().AddSingleton<Recount>().AddSingleton<RaisedAlerts>()
            .AddSingleton<ReportsOfBuiltIn>()
            .AddHostedService<RuleChanges>();
        return service;
    }
}
