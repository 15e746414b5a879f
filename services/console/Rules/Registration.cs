using Sigma.Hosting;

namespace Sigma.OperatorConsole.Rules;

internal static class Registration
{
    public static ServiceBuilder AddRules(this ServiceBuilder service) => service;
}
