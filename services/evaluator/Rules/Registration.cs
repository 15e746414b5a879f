using Sigma.Hosting;

namespace Sigma.Evaluator.Rules;

internal static class Registration
{
    public static ServiceBuilder AddRules(this ServiceBuilder service)
    {
        service.Services.AddSingleton<RuleBook>().AddTransient(provider => provider.GetRequiredService<RuleBook>().Now);
        return service;
    }
}
