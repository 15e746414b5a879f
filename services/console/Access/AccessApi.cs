namespace Sigma.OperatorConsole.Access;

/// <summary>Who asks, users, tokens and the audit log, over HTTP.</summary>
internal static class AccessApi
{
    /// <summary>Adds them to the group of the API.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
    }
}
