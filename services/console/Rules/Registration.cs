using Microsoft.Extensions.DependencyInjection.Extensions;
using Sigma.Hosting;

namespace Sigma.OperatorConsole.Rules;

internal static class Registration
{
    /// <summary>The rules as people see and change them.</summary>
    public static ServiceBuilder AddRules(this ServiceBuilder service)
    {
        service.Services.TryAddSingleton<RuleBook>();
        service.Services.TryAddSingleton<RuleEpisodes>();
        return service;
    }
}
