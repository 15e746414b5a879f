namespace Sigma.OperatorConsole.Access;

/// <summary>The addresses that decide who may ask, and how those are refused who may not.</summary>
internal static class AccessPaths
{
    public const string SignIn = "/sign-in", SignOut = "/sign-out", Account = "/account";

    /// <summary>Where who signs in elsewhere sets out, and where they come back to.</summary>
    public const string OpenId = SignIn + "/openid", OpenIdCallback = OpenId + "/callback", OpenIdSignedOut = OpenId + "/signed-out";

    static readonly PathString Api = "/api", Document = "/openapi", Circuit = "/_blazor", Assets = "/assets";

    // Each has answered without signing in since before there was a console; the internal API has its own key.
    static readonly PathString[] Others = ["/health", "/metrics", "/internal"];

    /// <summary>Health, metrics and the internal API, which are not the console's.</summary>
    public static bool IsAnothers(PathString path) => Array.Exists(Others, other => path.StartsWithSegments(other));

    /// <summary>Whether a program asks, which is told by a status and problem details, not by being sent to a page.</summary>
    public static bool IsForPrograms(PathString path) => IsApi(path) || IsCircuit(path);

    /// <summary>What a live page is connected by.</summary>
    public static bool IsCircuit(PathString path) => path.StartsWithSegments(Circuit);

    /// <summary>Where a token is taken.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments(Api) || path.StartsWithSegments(Document);

    /// <summary>Files that say nothing of anybody.</summary>
    public static bool IsAsset(PathString path) => path.StartsWithSegments(Assets);

    /// <summary>What one may do before one has changed the password.</summary>
    public static bool IsBeforePasswordChange(PathString path) => IsAsset(path) || IsAnothers(path) || path.StartsWithSegments(SignIn)
        || path.StartsWithSegments(SignOut) || path.StartsWithSegments(Account) || path.StartsWithSegments("/preferences");
}
