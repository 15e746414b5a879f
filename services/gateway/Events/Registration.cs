using Sigma.Hosting;
using Sigma.Hosting.Limits;

namespace Sigma.Gateway.Events;

internal static class Registration
{
    static readonly EndpointLimits Limits = new(EnqueueEndpoint.LargestBody, TimeSpan.FromSeconds(30), Requests: 1000);

    /// <summary>The way in for clients of PagerDuty's events.</summary>
    public static ServiceBuilder AddEvents(this ServiceBuilder service)
    {
        service.Services.AddSingleton<EnqueueEndpoint>();
        return service.Endpoints(app =>
        {
            app.MapPost("/v2/enqueue", (HttpContext http, EnqueueEndpoint endpoint) => endpoint.Alert(http)).WithLimits(Limits);
            app.MapPost("/v2/change/enqueue", (HttpContext http, EnqueueEndpoint endpoint) => endpoint.Change(http)).WithLimits(Limits);
        });
    }
}
