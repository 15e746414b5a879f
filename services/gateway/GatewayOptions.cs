using Sigma.Gateway.Integrations;

namespace Sigma.Gateway;

/// <summary>Settings of the gateway.</summary>
public sealed class GatewayOptions
{
    /// <summary>The integrations that are there by settings; people make others besides.</summary>
    public List<IntegrationOptions> Integrations { get; set; } = [];

    /// <summary>How log lines are taken in.</summary>
    public Logs.LogsOptions Logs { get; set; } = new();

    /// <summary>Where syslog is listened for.</summary>
    public Logs.Syslog.SyslogOptions Syslog { get; set; } = new();

    /// <summary>What is taken in of samples.</summary>
    public Metrics.MetricsOptions Metrics { get; set; } = new();
}
