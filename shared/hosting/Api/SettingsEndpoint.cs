using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Hosting.Settings;

namespace Sigma.Hosting.Api;

/// <summary><c>GET /internal/settings</c>: the settings of this process as they are in force, secrets masked; for who has the key.</summary>
internal static class SettingsEndpoint
{
    public static void Map(IEndpointRouteBuilder app, string service)
    {
        if (app.ServiceProvider.GetRequiredService<ApiKey>().IsSet)
            app.MapGet("/internal/settings", (SettingsInForce settings) => Results.Json(new SettingsOfProcess(service, settings.All())));
    }
}

/// <summary>The settings of a process.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Sections">By name.</param>
public sealed record SettingsOfProcess(string Service, IReadOnlyList<SettingsSection> Sections);
