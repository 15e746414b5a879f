namespace Sigma.OperatorConsole.Routes;

/// <summary>The routes, below <c>/api/v1/routes</c>.</summary>
internal static class RoutesApi
{
    public static void Map(IEndpointRouteBuilder api) { }
}
