using System.Diagnostics;
using System.Net;
using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;
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
            {
                var trust = new ServerTrust(address(provider).CaFile);
                return new SameHostRedirects(new CertificateRefusal(trust, reason => refused(provider, reason), new SocketsHttpHandler
                {
                    AllowAutoRedirect = false, // it would make a GET of a POST, and ask anybody
                    AutomaticDecompression = DecompressionMethods.All,
                    ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(), // the trace is ours, not theirs
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                    SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = trust.Accept },
                }));
            })
            .AddHttpMessageHandler(provider => new ClockReadingHandler(provider.GetRequiredService<TimeProvider>(),
                reading => dated?.Invoke(provider, reading)))
            .RemoveAllLoggers();
        return services;
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
