using Microsoft.Extensions.DependencyInjection;

namespace Sigma.Hosting.Api;

/// <summary>How services call each other's internal API.</summary>
public static class InternalApiClient
{
    /// <summary>
    /// Adds a client under a name: it goes through nobody's proxy and follows nobody elsewhere, for the key is nobody else's, and logs nothing.
    /// </summary>
    public static IServiceCollection AddInternalApiClient(this IServiceCollection services, string name, Action<HttpClient> configure)
    {
        services.AddHttpClient(name, configure)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .RemoveAllLoggers();
        return services;
    }
}
