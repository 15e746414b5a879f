using Sigma.Hosting;

namespace Sigma.OperatorConsole.Silences;

internal static class Registration
{
    public static ServiceBuilder AddSilences(this ServiceBuilder service) => service;
}
