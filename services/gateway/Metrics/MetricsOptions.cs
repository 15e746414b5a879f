using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Gateway.Metrics;

/// <summary>Section <c>Gateway:Metrics</c>: what is taken in of samples.</summary>
public sealed class MetricsOptions
{
    /// <summary>Samples of one request; one with more is refused with 413. 1,000 to 1,000,000.</summary>
    [Range(1_000, 1_000_000)]
    public int MostSamples { get; set; } = 100_000;

    /// <summary>Series that are known again without being read anew, each about 1 KB of memory. 1,024 to 1,000,000.</summary>
    [Range(1_024, 1_000_000)]
    public int KnownSeries { get; set; } = 65_536;

    /// <summary>How far ahead of our clock a sample's time may be; one that is further is refused. 10 s to a day.</summary>
    [Duration("00:00:10", "1.00:00:00")]
    public TimeSpan AheadAtMost { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Attributes of an OpenTelemetry resource that become labels, besides <c>service.name</c> (as <c>job</c>) and <c>service.instance.id</c> (as
    /// <c>instance</c>); comma separated.
    /// </summary>
    public string ResourceAttributes { get; set; } = "host.name,deployment.environment.name,cloud.region,k8s.namespace.name,k8s.pod.name";
}
