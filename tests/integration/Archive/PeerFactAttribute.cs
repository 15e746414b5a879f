using Sigma.TestServers;

namespace Sigma.IntegrationTests.Archive;

/// <summary>A test that needs a program of somebody else's, and is skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute(string program)
    {
        Program = program;
        if (!(program == "prometheus" ? PrometheusServer.IsInstalled : VictoriaMetricsServer.IsInstalled))
            Skip = $"needs {program} (Debian and Ubuntu: apt-get install {program})";
    }

    public string Program { get; }
}
