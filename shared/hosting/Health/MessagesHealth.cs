using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sigma.Hosting.Messaging;

namespace Sigma.Hosting.Health;

/// <summary>Whether messages are processed, or wait because what they need does not work, whatever that is.</summary>
internal sealed class MessagesHealth(Retries retries) : IHealthCheck
{
    static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        var delays = retries.Delays.Where(delay => delay.Longest > Tolerance).OrderByDescending(delay => delay.Longest).Select(Line).ToList();
        return Task.FromResult(delays.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join("; ", delays)));
    }

    static string Line(Delay delay) => string.Create(CultureInfo.InvariantCulture,
        $"{delay.Messages} {(delay.Messages == 1 ? "message" : "messages")} of {delay.Endpoint} {(delay.Messages == 1 ? "has" : "have")} waited for "
            + $"{delay.Longest.TotalSeconds:0} s: {delay.Reason}");
}
