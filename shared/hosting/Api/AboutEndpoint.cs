using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Sigma.Hosting.Api;

/// <summary><c>GET /internal/about</c>: which process answers, and of which version it is; for who has the key.</summary>
internal static class AboutEndpoint
{
    /// <summary>Of all that is built together.</summary>
    static readonly string Version =
        typeof(AboutEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static void Map(IEndpointRouteBuilder app, string service)
    {
        if (app.ServiceProvider.GetRequiredService<ApiKey>().IsSet)
            app.MapGet("/internal/about", () => Results.Json(new Dictionary<string, string> { ["service"] = service, ["version"] = Version }));
    }
}
