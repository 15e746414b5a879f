namespace Sigma.OperatorConsole.Deliveries;

/// <summary>The deliveries, below <c>/api/v1/deliveries</c>.</summary>
internal static class DeliveriesApi
{
    public static void Map(IEndpointRouteBuilder api) { }
}
