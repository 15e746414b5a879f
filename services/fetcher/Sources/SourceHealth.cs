using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sigma.Fetcher.Sources.Probes;

namespace Sigma.Fetcher.Sources;

/// <summary>
/// A note in <c>/health/ready</c>: sources that cannot be read, and plug-ins that cannot be loaded. The fetcher is ready all the same, for no restart
/// mends what is wrong elsewhere.
/// </summary>
internal sealed class SourceHealth(SourceTelemetry sources, ProbeCatalogue probes) : IHealthCheck
{
    public const string Name = "sources", Note = "note";

    const int Most = 5;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        List<string> notes = [.. sources.Unreadable.Select(name => $"{name} cannot be read"), .. probes.Faults];
        return Task.FromResult(HealthCheckResult.Healthy(notes.Count == 0 ? null
            : string.Join("; ", notes.Take(Most)) + (notes.Count > Most ? $"; and {notes.Count - Most} more" : "")));
    }
}
