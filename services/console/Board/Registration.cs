using Sigma.Hosting;

namespace Sigma.OperatorConsole.Board;

internal static class Registration
{
    public static ServiceBuilder AddBoard(this ServiceBuilder service) => service;
}
