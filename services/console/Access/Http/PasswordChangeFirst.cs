using Sigma.Hosting.Api;

namespace Sigma.OperatorConsole.Access.Http;

/// <summary>Whoever has a password that others know changes it before anything else.</summary>
internal static class PasswordChangeFirst
{
    public static Task Check(HttpContext http, RequestDelegate next)
    {
        if (!http.User.HasClaim(claim => claim.Type == AccessClaims.MustChangePassword) || AccessPaths.IsBeforePasswordChange(http.Request.Path)
            || ConsoleEndpoints.IsAnothers(http))
            return next(http);
        if (AccessPaths.IsForPrograms(http.Request.Path))
            return Problems.Of(StatusCodes.Status403Forbidden, "Change the password first.").ExecuteAsync(http);
        http.Response.Redirect(http.Request.PathBase + AccessPaths.Account);
        return Task.CompletedTask;
    }
}
