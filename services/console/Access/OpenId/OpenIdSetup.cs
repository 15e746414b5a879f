using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Sigma.Hosting;
using Sigma.Hosting.Settings;

namespace Sigma.OperatorConsole.Access.OpenId;

/// <summary>Sign-in by another server: the authorization code with PKCE, and nothing of its tokens is kept.</summary>
internal static class OpenIdSetup
{
    const string Section = "OpenId";

    /// <summary>Adds the settings, and the scheme where they name a server.</summary>
    public static AuthenticationBuilder AddOpenId(this AuthenticationBuilder schemes, ServiceBuilder service)
    {
        service.Settings<OpenIdOptions>(Section);
        schemes.Services.AddSingleton<OpenIdUser>();
        if (string.IsNullOrWhiteSpace(service.Configuration[$"{Section}:{nameof(OpenIdOptions.Authority)}"]))
            return schemes;
        schemes.Services.AddOptions<OpenIdConnectOptions>(AccessSchemes.OpenId)
            .Configure<Microsoft.Extensions.Options.IOptions<OpenIdOptions>>((options, settings) => Configure(options, settings.Value));
        return schemes.AddOpenIdConnect(AccessSchemes.OpenId, null, _ => { });
    }

    static void Configure(OpenIdConnectOptions options, OpenIdOptions settings)
    {
        options.Authority = ValueTrimming.Trim(settings.Authority);
        options.RequireHttpsMetadata = new Uri(options.Authority).Scheme == "https"; // http only within this machine
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.SignInScheme = AccessSchemes.Cookie;
        options.CallbackPath = AccessPaths.OpenIdCallback;
        options.SignedOutCallbackPath = AccessPaths.OpenIdSignedOut;
        options.RemoteSignOutPath = AccessPaths.OpenId + "/end";
        options.ResponseType = OpenIdConnectResponseType.Code;
        // In the address, not as a form of another site: to that a browser would send no cookie without https.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = false;
        options.DisableTelemetry = true;
        options.TokenValidationParameters.NameClaimType = settings.NameClaim;
        foreach (var scope in settings.Scopes)
            options.Scope.Add(scope);
        options.ClaimActions.Clear();
        options.Events = new OpenIdConnectEvents { OnTokenValidated = SignIn, OnRemoteFailure = Fail };
    }

    static async Task SignIn(TokenValidatedContext context)
    {
        try
        {
            context.Principal = await context.HttpContext.RequestServices.GetRequiredService<OpenIdUser>()
                .SignIn(context.Principal!, context.HttpContext.RequestAborted);
        }
        catch (OpenIdRefusedException e)
        {
            Back(context.HttpContext, e.Problem);
            context.HandleResponse();
        }
    }

    static Task Fail(RemoteFailureContext context)
    {
        context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OpenIdSetup))
            .LogWarning("A sign-in by OpenID Connect failed: {Reason}", context.Failure?.Message);
        Back(context.HttpContext, OpenIdProblem.Failed);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    static void Back(HttpContext http, OpenIdProblem problem) =>
        http.Response.Redirect($"{http.Request.PathBase}{AccessPaths.SignIn}?openid={problem}");
}
