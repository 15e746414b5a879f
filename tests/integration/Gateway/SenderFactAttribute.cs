using Sigma.TestServers;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Gateway;

/// <summary>A test with real senders: Prometheus, and amtool of the package prometheus-alertmanager. They are not on every machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SenderFactAttribute : FactAttribute
{
    public SenderFactAttribute() => Skip = !PrometheusServer.IsInstalled || CommandLine.Find("amtool") is null
        ? "needs prometheus and amtool (Debian and Ubuntu: apt-get install prometheus prometheus-alertmanager)" : null;
}
