using System.Security.Claims;

namespace Sigma.OperatorConsole.Access;

/// <summary>What a cookie or a token says of who asks, made in one place: nothing of what a visitor or another server says gets in unseen.</summary>
internal static class AccessClaims
{
    /// <summary>A user's id, and the stamp of the time when they signed in.</summary>
    public const string User = "sigma:user", Stamp = "sigma:stamp";

    /// <summary>A token's id.</summary>
    public const string Token = "sigma:token";

    /// <summary>There when the password must be changed before anything else.</summary>
    public const string MustChangePassword = "sigma:must-change";

    /// <summary>The name of whoever is signed in because they sit at this machine.</summary>
    public const string LoopbackName = "demo";

    /// <summary>What a token's name ends with, so that it is nobody's.</summary>
    public const string TokenSuffix = " (token)";

    /// <summary>A user who has just shown who they are.</summary>
    public static ClaimsPrincipal OfUser(Guid user, string name, Role role, LabelLimits limits, Guid stamp, bool mustChangePassword)
    {
        var claims = Of(name, role, limits);
        claims.Add(new(User, user.ToString("N")));
        claims.Add(new(Stamp, stamp.ToString("N")));
        if (mustChangePassword)
            claims.Add(new(MustChangePassword, "true"));
        return new(new ClaimsIdentity(claims, AccessSchemes.Cookie));
    }

    /// <summary>A program with a token.</summary>
    public static ClaimsPrincipal OfToken(Guid token, string name, Role role, LabelLimits limits)
    {
        var claims = Of(name + TokenSuffix, role, limits);
        claims.Add(new(Token, token.ToString("N")));
        return new(new ClaimsIdentity(claims, AccessSchemes.Bearer));
    }

    /// <summary>Whoever sits at this machine, in the demonstration.</summary>
    public static ClaimsPrincipal OfLoopback() => new(new ClaimsIdentity(Of(LoopbackName, Role.Operator, LabelLimits.None), AccessSchemes.Loopback));

    /// <summary>The user's id; null when it is no user.</summary>
    public static Guid? UserOf(ClaimsPrincipal principal) => Id(principal, User);

    /// <summary>The stamp they signed in with.</summary>
    public static Guid? StampOf(ClaimsPrincipal principal) => Id(principal, Stamp);

    /// <summary>The token's id; null when it is no token.</summary>
    public static Guid? TokenOf(ClaimsPrincipal principal) => Id(principal, Token);

    static Guid? Id(ClaimsPrincipal principal, string claim) =>
        Guid.TryParseExact(principal.FindFirstValue(claim), "N", out var id) ? id : null;

    static List<Claim> Of(string name, Role role, LabelLimits limits)
    {
        List<Claim> claims = [new(ClaimTypes.Name, name), new(ClaimTypes.Role, role.ToString())];
        if (limits.ToJson() is { } json)
            claims.Add(new(Caller.LimitsClaim, json));
        return claims;
    }
}
