namespace Sigma.OperatorConsole.Operations;

/// <summary>How the services are, below <c>/api/v1/system</c>.</summary>
internal static class SystemApi
{
    public static void Map(IEndpointRouteBuilder api) { }
}
