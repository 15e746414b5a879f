using Sigma.Hosting;

namespace Sigma.Evaluator.Rules;

internal static class RulesRegistration
{
    public static ServiceBuilder AddRules(this ServiceBuilder service)
    {
        service.Services.AddSingleton<RuleSet>();
        return service;
    }
}
