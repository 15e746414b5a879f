using Sigma.Hosting;
using Sigma.Hosting.Limits;

namespace Sigma.Gateway.Beats;

internal static class Registration
{
    static readonly EndpointLimits Limits = new(256 * 1024, TimeSpan.FromSeconds(10), Requests: 1000);

    /// <summary>The way in for signs of life.</summary>
    public static ServiceBuilder AddBeats(this ServiceBuilder service)
    {
        service.Services.AddSingleton<BeatsTogether>().AddSingleton<PingEndpoint>();
        return service.Endpoints(app => app.MapMethods("/ping/{key}/{first?}/{second?}", ["HEAD", "GET", "POST"],
            (HttpContext http, string key, string? first, string? second, PingEndpoint endpoint) => endpoint.Handle(http, key, first, second))
            .WithLimits(Limits));
    }
}
