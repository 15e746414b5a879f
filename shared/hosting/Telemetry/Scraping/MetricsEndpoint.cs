using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Sigma.Hosting.Telemetry.Scraping;

/// <summary><c>GET /metrics</c> for Prometheus, whether or not telemetry is also sent anywhere.</summary>
internal static class MetricsEndpoint
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<MetricsPage>();
        HealthGauge.Add(services);
    }

    /// <summary>From here on measurements are added up, so before the services' own are made.</summary>
    public static void Map(WebApplication app)
    {
        var page = app.Services.GetRequiredService<MetricsPage>();
        app.MapGet("/metrics", () => Results.Content(page.Write(), PageWriter.ContentType));
    }
}
