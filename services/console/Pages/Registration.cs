using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using Sigma.Hosting;
using Sigma.Hosting.Limits;
using Sigma.OperatorConsole.Pages.Parts;
using Sigma.OperatorConsole.Pages.Preferences;

namespace Sigma.OperatorConsole.Pages;

internal static class Registration
{
    static readonly EndpointLimits PageLimits = new(LargestBody: 1024 * 1024, Timeout: TimeSpan.FromSeconds(60), Requests: 200);

    // One for each open live page, for as long as it is open.
    static readonly EndpointLimits CircuitLimits = PageLimits with { Requests = 2_000 };

    public static ServiceBuilder AddPages(this ServiceBuilder service)
    {
        service.Services.AddLocalization().Configure<RequestLocalizationOptions>(Languages.Set);
        service.Services.AddCascadingAuthenticationState().AddSingleton<PageTime>().AddSingleton<AlertWords>().AddSingleton<CommandText>();
        service.Services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            options.DisconnectedCircuitMaxRetained = 200;
        }).AddHubOptions(options => options.MaximumReceiveMessageSize = 1024 * 1024); // a rule as JSON, as it is typed
        return service
            .Pipeline(app => app.UseRequestLocalization().UseAntiforgery())
            .Pipeline(PageErrors.Use)
            .Endpoints(PreferencesEndpoint.Map)
            .Endpoints(Map);
    }

    static void Map(IEndpointRouteBuilder app) => app.MapRazorComponents<App>()
        .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
        .WithLimits(PageLimits)
        .Add(LetCircuitsLive);

    // The WebSocket of a live page is one request that lasts as long as somebody looks.
    static void LetCircuitsLive(EndpointBuilder endpoint)
    {
        var path = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/');
        if (path?.StartsWith("_blazor", StringComparison.Ordinal) is not true)
            return;
        endpoint.Metadata.Add(CircuitLimits);
        endpoint.Metadata.Add(new DisableRequestTimeoutAttribute());
    }
}
