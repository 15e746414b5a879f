using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Sigma.Hosting.Api;

namespace Sigma.OperatorConsole.Access.Sessions;

/// <summary>The cookie of a user's session, and how whoever has none is sent to sign in.</summary>
internal static class SessionCookie
{
    public const string Name = "sigma.console";

    static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        // Not Strict: an address that was sent to a colleague, and the way back from another server, would find nobody signed in.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.Path = "/";
        options.ExpireTimeSpan = Lasts;
        options.SlidingExpiration = true;
        options.LoginPath = AccessPaths.SignIn;
        options.LogoutPath = AccessPaths.SignOut;
        options.ReturnUrlParameter = "return";
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = Validate,
            OnRedirectToLogin = ToSignIn,
            OnRedirectToAccessDenied = context =>
                Problems.Of(StatusCodes.Status403Forbidden, "You may not do that.").ExecuteAsync(context.HttpContext),
        };
    }

    static async Task Validate(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } principal && AccessClaims.UserOf(principal) is not null
            && await context.HttpContext.RequestServices.GetRequiredService<SessionCheck>().IsValid(principal, context.HttpContext.RequestAborted))
            return;
        context.RejectPrincipal();
        if (!context.Response.HasStarted)
            await context.HttpContext.SignOutAsync(AccessSchemes.Cookie);
    }

    static Task ToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (AccessPaths.IsForPrograms(request.Path))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Of(StatusCodes.Status401Unauthorized, "Nobody is signed in.").ExecuteAsync(context.HttpContext);
        }
        var back = HttpMethods.IsGet(request.Method) ? ReturnAddress.Of(request.Path + request.QueryString) : "/";
        context.Response.Redirect(request.PathBase + AccessPaths.SignIn + (back == "/" ? "" : $"?return={Uri.EscapeDataString(back)}"));
        return Task.CompletedTask;
    }
}
