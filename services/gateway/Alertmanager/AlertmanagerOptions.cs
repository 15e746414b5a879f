using Sigma.Hosting.Settings;

namespace Sigma.Gateway.Alertmanager;

/// <summary>Section <c>Gateway:Alertmanager</c>: the API of Alertmanager that Prometheus, vmalert, amtool and Karma speak to.</summary>
public sealed class AlertmanagerOptions
{
    /// <summary>How long an alert lasts that says no end and is not repeated. 10 s to a day.</summary>
    [Duration("00:00:10", "1.00:00:00")]
    public TimeSpan ResolveTimeout { get; set; } = TimeSpan.FromMinutes(5);
}
