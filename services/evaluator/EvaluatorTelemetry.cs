using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sigma.Evaluator;

internal static class EvaluatorTelemetry
{
    public static readonly ActivitySource Source = new("Sigma.Evaluator");
    static readonly Meter Meter = new("Sigma.Evaluator");

    public static readonly Counter<long> EventsStored = Meter.CreateCounter<long>("sigma.evaluator.events.stored", "{event}", "Events seen for the first time");
    public static readonly Counter<long> AlertsRaised = Meter.CreateCounter<long>("sigma.evaluator.alerts.raised", "{alert}", "Episodes begun");
    public static readonly Counter<long> AlertsCleared = Meter.CreateCounter<long>("sigma.evaluator.alerts.cleared", "{alert}", "Episodes ended");
    public static readonly Histogram<double> BatchDuration = Meter.CreateHistogram<double>("sigma.evaluator.batch.duration", "s", "Storing and counting one batch");
    public static readonly Histogram<double> TimeToClear = Meter.CreateHistogram<double>("sigma.evaluator.episode.duration", "s", "From raised to cleared");

    public static void ObserveKeys(Func<long> read) =>
        Meter.CreateObservableGauge("sigma.evaluator.window.keys", read, "{key}", "Keys with at least one event stored");

    public static void ObserveCoverageLag(Func<IEnumerable<Measurement<double>>> read) =>
        Meter.CreateObservableGauge("sigma.evaluator.coverage.lag", read, "s", "Now minus the end of the covered time, by source");
}
