using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Hosting.Http;

namespace Sigma.Segware;

/// <summary>Wires Segware into a service.</summary>
public static class SegwareRegistration
{
    /// <summary>The API with its settings and its line in <c>/health/ready</c>. Services that share a process share it.</summary>
    public static ServiceBuilder AddSegware(this ServiceBuilder service)
    {
        if (service.Services.Any(s => s.ServiceType == typeof(SegwareApi)))
            return service;
        service.Settings<SegwareOptions>("Segware");
        service.Services.TryAddSingleton<SegwareAccess>();
        service.Services.AddSingleton<SegwareApi>();
        service.Services.AddApiClient("segware", provider => provider.GetRequiredService<IOptions<SegwareOptions>>().Value,
            (provider, reason) => provider.GetRequiredService<SegwareAccess>().Refused(reason));
        service.Services.AddHealthChecks().AddCheck<AccessHealth>("segware", tags: ["ready"]);
        return service;
    }

    sealed class AccessHealth(SegwareAccess access) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
            Task.FromResult(access.Refusal is { } refusal ? HealthCheckResult.Unhealthy(refusal) : HealthCheckResult.Healthy());
    }
}
