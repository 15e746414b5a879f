namespace Sigma.OperatorConsole.Access;

/// <summary>The ways by which somebody can be known.</summary>
internal static class AccessSchemes
{
    /// <summary>Chooses among the others by the request.</summary>
    public const string Choice = "Sigma";

    /// <summary>A user's session, on pages.</summary>
    public const string Cookie = "Cookie";

    /// <summary>A token, for the API.</summary>
    public const string Bearer = "Bearer";

    /// <summary>Nothing but the place where they sit, for the demonstration.</summary>
    public const string Loopback = "Loopback";

    /// <summary>Another server that knows them.</summary>
    public const string OpenId = "OpenId";
}
