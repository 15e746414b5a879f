using System.Diagnostics.Metrics;

namespace Sigma.Notifier.Blindness;

/// <summary>Whether people were told that nobody watches, as a figure.</summary>
internal sealed class BlindnessTelemetry
{
    volatile IReadOnlyCollection<Measurement<int>> _blind = [];

    public BlindnessTelemetry(IMeterFactory meters) =>
        meters.Create(NotifierTelemetry.Name).CreateObservableGauge("sigma.notifier.blind", () => _blind, "{source}",
            "1 while people are told that a source is not watched, else 0");

    public void Blind(IEnumerable<Watched> all) =>
        _blind = [.. all.Select(w => new Measurement<int>(w.BlindnessKey is null ? 0 : 1, new KeyValuePair<string, object?>("source", w.Source)))];
}
