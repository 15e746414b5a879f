using System.Diagnostics;
using System.Net;
using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Tls;

namespace Sigma.Hosting.Http;

/// <summary>The HTTP client of an outside API.</summary>
public static class ApiClient
{
    /// <summary>
    /// Registers the client <paramref name="name"/>. A server whose certificate is refused is told to <paramref name="refused"/>, and why; the call
    /// fails as one that never left. What the answers tell of the server's clock goes to <paramref name="dated"/>.
    /// </summary>
    public static IServiceCollection AddApiClient(this IServiceCollection services, string name, Func<IServiceProvider, ApiAddress> address,
        Action<IServiceProvider, string> refused, Action<IServiceProvider, ClockReading>? dated = null)
    {
        services.AddHttpClient(name)
            .ConfigurePrimaryHttpMessageHandler(provider =>
                Handler(new ApiClientSettings { CaFile = address(provider).CaFile, Refused = reason => refused(provider, reason) }))
            .AddHttpMessageHandler(provider => new ClockReadingHandler(provider.GetRequiredService<TimeProvider>(),
                reading => dated?.Invoke(provider, reading)))
            .RemoveAllLoggers();
        return services;
    }

    /// <summary>Registers <see cref="ApiClients"/>, for APIs of which only the settings say how many there are.</summary>
    public static IServiceCollection AddApiClients(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ApiClients)))
            return services; // several services of a process, or several parts of one, have such APIs
        services.ConfigureHttpClientDefaults(client => client.RemoveAllLoggers());
        services.AddSingleton<ApiClientHandlers>()
            .AddSingleton(provider =>
                new ApiClients(provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<ApiClientHandlers>()))
            .AddSingleton<IConfigureOptions<HttpClientFactoryOptions>>(provider => provider.GetRequiredService<ApiClientHandlers>());
        return services;
    }

    internal static HttpMessageHandler Handler(ApiClientSettings settings)
    {
        var trust = new ServerTrust(settings.CaFile);
        SocketsHttpHandler sockets = new()
        {
            AllowAutoRedirect = false, // it would make a GET of a POST, and ask anybody
            AutomaticDecompression = DecompressionMethods.All,
            // The trace is ours, not theirs; and without a propagator there is no span, which would have the address in it.
            ActivityHeadersPropagator = settings.SecretAddress ? null : DistributedContextPropagator.CreateNoOutputPropagator(),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = trust.Accept },
            UseProxy = !settings.PublicAddressesOnly, // a proxy would resolve the name, and connect to whatever it finds
        };
        if (settings.PublicAddressesOnly)
            sockets.ConnectCallback = PublicAddress.Connect;
        var handler = new CertificateRefusal(trust, settings.Refused, sockets);
        return settings.FollowRedirects ? new SameHostRedirects(handler) : handler;
    }

    /// <summary>Says in one line what <see cref="HttpRequestException"/> says with "see inner exception".</summary>
    sealed class CertificateRefusal(ServerTrust trust, Action<string> refused, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            try
            {
                return await base.SendAsync(request, ct);
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
            {
                var reason = trust.Refusal is { } refusal ? $"{request.RequestUri!.Host} is refused: {refusal}"
                    : $"no TLS with {request.RequestUri!.Host}: {e.InnerException?.Message ?? e.Message}";
                refused(reason);
                throw new HttpRequestException(HttpRequestError.SecureConnectionError, reason, e);
            }
        }
    }
}
