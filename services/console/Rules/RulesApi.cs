namespace Sigma.OperatorConsole.Rules;

internal static class RulesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
    }
}
