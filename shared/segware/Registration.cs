using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Hosting.Http;

namespace Sigma.Segware;

/// <summary>Wires Segware into a service.</summary>
public static class Registration
{
    /// <summary>The API with its settings and its line in <c>/health/ready</c>. Services that share a process share it.</summary>
    public static ServiceBuilder AddSegware(this ServiceBuilder service)
    {
        if (service.Services.Any(s => s.ServiceType == typeof(SegwareApi)))
            return service;
        service.Settings<SegwareOptions>("Segware");
        service.Services.TryAddSingleton<SegwareAccess>();
        service.Services.AddSingleton<SegwareClock>();
        service.Services.AddSingleton<SegwareApi>();
        service.Services.AddApiClient("segware", provider => provider.GetRequiredService<IOptions<SegwareOptions>>().Value,
            (provider, reason) => provider.GetRequiredService<SegwareAccess>().Refused(reason),
            (provider, reading) => provider.GetRequiredService<SegwareClock>().Read(reading));
        service.Services.AddHealthChecks().AddCheck<AccessHealth>("segware", tags: ["ready", "note"]).AddCheck<ClockHealth>("clock", tags: ["ready"]);
        return service;
    }

    sealed class ClockHealth(SegwareClock clock, IOptions<SegwareOptions> options) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
            Task.FromResult(clock.Difference is { } difference && difference.Duration() > options.Value.ClockTolerance
                ? HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture,
                    $"Segware's clock is {difference.Duration().TotalSeconds:0} s {(difference > TimeSpan.Zero ? "ahead of" : "behind")} this "
                        + $"machine's; set the clock that is wrong (Segware is asked in its own time meanwhile)"))
                : HealthCheckResult.Healthy());
    }

    sealed class AccessHealth(SegwareAccess access, IOptions<SegwareOptions> options) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) => Task.FromResult(
            access.Refusal is { } refusal ? HealthCheckResult.Unhealthy(refusal)
            : HealthCheckResult.Healthy(options.Value.IsOn ? null : "it is not asked: Segware__BearerToken is not set"));
    }
}
