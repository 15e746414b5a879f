using Sigma.TestServers;

namespace Sigma.ObservabilityTests;

/// <summary>A test that needs Prometheus, which is not on every machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute() => Skip = Prometheus.Missing;
}

/// <inheritdoc cref="PrometheusFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrometheusTheoryAttribute : TheoryAttribute
{
    public PrometheusTheoryAttribute() => Skip = Prometheus.Missing;
}

internal static class Prometheus
{
    public static string? Missing =>
        PrometheusServer.IsInstalled ? null : "needs prometheus and promtool (Debian and Ubuntu: apt-get install prometheus)";
}
