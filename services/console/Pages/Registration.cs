using Sigma.Hosting;

namespace Sigma.OperatorConsole.Pages;

internal static class Registration
{
    public static ServiceBuilder AddPages(this ServiceBuilder service) => service;
}
