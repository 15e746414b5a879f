using System.Diagnostics.Metrics;

namespace Sigma.Notifier.SelfMonitoring;

/// <summary>Gauge of the sources a warning was sent for.</summary>
internal sealed class SelfMonitoringTelemetry
{
    volatile IReadOnlyCollection<Measurement<int>> _blind = [];

    public SelfMonitoringTelemetry(IMeterFactory meters) =>
        meters.Create(NotifierTelemetry.Name).CreateObservableGauge("sigma.notifier.blind", () => _blind, "{source}",
            "1 while a source is not watched and a warning was sent, else 0");

    public void Report(IEnumerable<SourceState> all) =>
        _blind = [.. all.Select(w => new Measurement<int>(w.Blindness is null ? 0 : 1, new KeyValuePair<string, object?>("source", w.Source)))];
}
