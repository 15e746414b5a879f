using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access.OpenId;
using Sigma.OperatorConsole.Audit;

namespace Sigma.OperatorConsole.Access.SignIn;

/// <summary>What of signing in and out is no page: the way to another server, and the end.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(AccessPaths.SignOut, SignOut).ExcludeFromDescription();
        if (app.ServiceProvider.GetRequiredService<IOptions<OpenIdOptions>>().Value.IsOn)
            app.MapGet(AccessPaths.OpenId, ToOpenId).AllowAnonymous().ExcludeFromDescription();
    }

    static IResult ToOpenId(HttpContext http) => Results.Challenge(
        new AuthenticationProperties { RedirectUri = http.Request.PathBase + ReturnAddress.Of(http.Request.Query["return"]) },
        [AccessSchemes.OpenId]);

    static async Task<IResult> SignOut(HttpContext http, IAntiforgery forms, AuditLog audit)
    {
        try
        {
            await forms.ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "This was not sent by a form of the console.");
        }
        if (AccessClaims.UserOf(http.User) is not null)
            await audit.Write(Caller.Of(http.User), "sign-out", http.User.Identity!.Name, null, null, http.RequestAborted);
        await http.SignOutAsync(AccessSchemes.Cookie);
        return Results.LocalRedirect($"~{AccessPaths.SignIn}");
    }
}
