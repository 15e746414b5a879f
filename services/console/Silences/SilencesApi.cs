namespace Sigma.OperatorConsole.Silences;

/// <summary>The silences, below <c>/api/v1/silences</c>.</summary>
internal static class SilencesApi
{
    public static void Map(IEndpointRouteBuilder api) { }
}
