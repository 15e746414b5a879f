using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.OperatorConsole.Access.Http;
using Sigma.OperatorConsole.Access.OpenId;
using Sigma.OperatorConsole.Access.Sessions;
using Sigma.OperatorConsole.Access.Settings;
using Sigma.OperatorConsole.Access.SignIn;
using Sigma.OperatorConsole.Access.Tokens;
using Sigma.OperatorConsole.Access.Users;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access;

internal static class Registration
{
    const string Application = "sigma-console";

    public static ServiceBuilder AddAccess(this ServiceBuilder service)
    {
        service.Services.AddHttpContextAccessor()
            .AddSingleton<Passwords>().AddSingleton<SignInRate>().AddSingleton<SignInCheck>()
            .AddSingleton<UserBook>().AddSingleton<KnownTokens>().AddSingleton<TokenBook>();
        service.Services.AddSingleton<SettingsQuery>();
        service.Services.TryAddSingleton<AdministratorOutput>();
        service.Services.AddSingleton<IValidateOptions<ConsoleOptions>, AdministratorCheck>().AddHostedService<FirstAdministrator>();
        service.AddSessions().AddSchemes();
        service.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new SignedIn()).Build());
        service.Services.AddSingleton<IAuthorizationHandler, SignedInHandler>();
        service.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "sigma.form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true; // ours is stricter
        });
        return service.Pipeline(Use).Endpoints(SignInEndpoints.Map);
    }

    static ServiceBuilder AddSessions(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SessionCheck>().AddSingleton<OpenRequests>()
            .AddHostedService(provider => provider.GetRequiredService<OpenRequests>())
            .AddScoped<AuthenticationStateProvider, CircuitAuthentication>();
        service.Services.AddDataProtection().SetApplicationName(Application);
        service.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlRepository = new KeyRepository(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>())));
        // The keys are in the database with all else that is secret; that they are not encrypted there is said at every start otherwise.
        service.Services.AddLogging(logging =>
            logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        return service;
    }

    static ServiceBuilder AddSchemes(this ServiceBuilder service)
    {
        service.Services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = AccessSchemes.Choice;
                options.DefaultSignInScheme = options.DefaultSignOutScheme = AccessSchemes.Cookie;
            })
            .AddPolicyScheme(AccessSchemes.Choice, null, options => options.ForwardDefaultSelector = Choose)
            .AddCookie(AccessSchemes.Cookie, SessionCookie.Configure)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(AccessSchemes.Bearer, null)
            .AddScheme<AuthenticationSchemeOptions, LoopbackAuthentication>(AccessSchemes.Loopback, null, options =>
                options.ForwardChallenge = options.ForwardForbid = AccessSchemes.Cookie)
            .AddOpenId(service);
        return service;
    }

    static string Choose(HttpContext http)
    {
        if (AccessPaths.IsApi(http.Request.Path) && http.Request.Headers.Authorization.Count > 0)
            return AccessSchemes.Bearer;
        return http.RequestServices.GetRequiredService<IOptions<ConsoleOptions>>().Value.SignInOnLoopback
            && !http.Request.Cookies.ContainsKey(SessionCookie.Name) ? AccessSchemes.Loopback : AccessSchemes.Cookie;
    }

    static void Use(WebApplication app)
    {
        var open = app.Services.GetRequiredService<OpenRequests>();
        TrustedProxies.Use(app);
        app.Use((http, next) => ResponseHeaders.Set(http, next));
        app.UseAuthentication();
        app.Use((http, next) => SameOrigin.Check(http, next));
        app.UseAuthorization();
        app.Use((http, next) => PasswordChangeFirst.Check(http, next));
        app.Use((http, next) => http.User.Identity is { IsAuthenticated: true } && !ConsoleEndpoints.IsAnothers(http)
            ? open.Watch(http, next) : next(http));
        app.Use((http, next) => Refusals.Answer(http, next)); // pages say it before, in their own way
    }
}
