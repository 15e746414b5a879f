using Sigma.TestServers;

namespace Sigma.IntegrationTests.Gateway.Logs;

/// <summary>A test that needs rsyslog, which is not on every machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RsyslogFactAttribute : FactAttribute
{
    public RsyslogFactAttribute() => Skip = RsyslogServer.Missing;
}
