namespace Sigma.OperatorConsole.Routes;

/// <summary>The receivers, below <c>/api/v1/receivers</c>.</summary>
internal static class ReceiversApi
{
    public static void Map(IEndpointRouteBuilder api) { }
}
