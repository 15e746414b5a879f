using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using Sigma.Gateway.Answers;
using Sigma.Hosting;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;

namespace Sigma.Gateway.Alertmanager;

internal static class Registration
{
    // What is in hand at once is bounded by its bytes, at the door.
    const int Requests = 1000;

    static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    static readonly EndpointLimits Reads = new(256 * 1024, Within, Requests: 16);

    /// <summary>The API of Alertmanager.</summary>
    public static ServiceBuilder AddAlertmanager(this ServiceBuilder service)
    {
        ServiceCalls.Configure(service.Services);
        service.Services.AddSingleton(provider => new NotifierClient(Calls(provider, "notifier", options => options.Notifier)))
            .AddSingleton(provider => new EvaluatorClient(Calls(provider, "evaluator", options => options.Evaluator)))
            .AddSingleton<IntegrationSilences>().AddSingleton<AlertList>().AddSingleton<AlertmanagerEndpoint>();
        return service.Endpoints(Map);
    }

    internal static ServiceCalls Calls(IServiceProvider provider, string name, Func<GatewayOptions, string> address) => new(name,
        address(provider.GetRequiredService<IOptions<GatewayOptions>>().Value), provider.GetRequiredService<IHttpClientFactory>(),
        provider.GetRequiredService<IOptions<ApiOptions>>().Value, provider.GetRequiredService<IServer>());

    static void Map(IEndpointRouteBuilder app)
    {
        EndpointLimits posts = new(app.ServiceProvider.GetRequiredService<IOptions<GatewayOptions>>().Value.Limits.LargestBody, Within, Requests);
        app.MapPost("/api/v2/alerts", (HttpContext http, AlertmanagerEndpoint api) => api.Post(http)).WithLimits(posts);
        app.MapPost("/api/v1/alerts", (HttpContext http, AlertmanagerEndpoint api) => api.PostVersion1(http)).WithLimits(posts);
        app.MapPost("/api/v2/silences", (HttpContext http, AlertmanagerEndpoint api) => api.PutSilence(http)).WithLimits(Reads);
        app.MapDelete("/api/v2/silence/{id:guid}", (HttpContext http, Guid id, AlertmanagerEndpoint api) => api.DeleteSilence(http, id))
            .WithLimits(Reads);
        // In one process with the console these are the console's to answer, of all alerts, by its own tokens.
        Read(app, "/api/v2/alerts", (http, api) => api.Alerts(http));
        Read(app, "/api/v2/alerts/groups", (http, api) => api.Groups(http));
        Read(app, "/api/v2/silences", (http, api) => api.Silences(http));
        Read(app, "/api/v2/silence/{id:guid}", (http, api) => api.Silence(http, Guid.Parse((string)http.Request.RouteValues["id"]!)));
        Read(app, "/api/v2/status", (http, api) => api.Status(http));
        Read(app, "/api/v2/receivers", (http, api) => api.Receivers(http));
        foreach (var path in (string[])["/-/healthy", "/-/ready"])
            app.MapMethods(path, ["GET", "HEAD"], (HttpContext http) => Answer.Text(http, StatusCodes.Status200OK, "OK"));
    }

    static void Read(IEndpointRouteBuilder app, string path, Func<HttpContext, AlertmanagerEndpoint, Task> answer) =>
        app.MapGet(path, (HttpContext http, AlertmanagerEndpoint api) => answer(http, api)).WithLimits(Reads).WithOrder(1);
}
