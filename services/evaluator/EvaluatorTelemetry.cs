using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator;

internal static class EvaluatorTelemetry
{
    public static readonly ActivitySource Source = new("Sigma.Evaluator");
    static readonly Meter Meter = new("Sigma.Evaluator");

    public static readonly Counter<long> EventsStored = Meter.CreateCounter<long>("sigma.evaluator.events.stored", "{event}",
        "Events seen for the first time");
    public static readonly Counter<long> EventsOdd = Meter.CreateCounter<long>("sigma.evaluator.events.odd", "{event}",
        "Events put aside because they cannot be counted");
    public static readonly Counter<long> LinesCounted = Meter.CreateCounter<long>("sigma.evaluator.lines.counted", "{line}",
        "Log lines that a rule looks for, seen for the first time");
    public static readonly Counter<long> AlertsRaised = Meter.CreateCounter<long>("sigma.evaluator.alerts.raised", "{alert}", "Episodes begun");
    public static readonly Counter<long> AlertsCleared = Meter.CreateCounter<long>("sigma.evaluator.alerts.cleared", "{alert}", "Episodes ended");
    public static readonly Histogram<double> BatchDuration = Meter.CreateHistogram("sigma.evaluator.batch.duration",
        "s", "Storing and counting one batch",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
    public static readonly Histogram<double> TimeToClear = Meter.CreateHistogram("sigma.evaluator.episode.duration", "s", "From raised to cleared",
        advice: new InstrumentAdvice<double>
            { HistogramBucketBoundaries = [60, 300, 600, 1800, 3600, 5400, 7200, 9000, 10800, 14400, 21600, 43200, 86400, 259200] });

    /// <summary>From nothing, so that the first one is seen as a step.</summary>
    public static void Begin(IEnumerable<Rule> rules)
    {
        foreach (var rule in rules)
        {
            (rule.Lines is null ? EventsStored : LinesCounted).Add(0, new KeyValuePair<string, object?>("source", rule.Source));
            EventsOdd.Add(0, new KeyValuePair<string, object?>("source", rule.Source));
            AlertsRaised.Add(0, new KeyValuePair<string, object?>("rule", rule.Name));
            AlertsCleared.Add(0, new KeyValuePair<string, object?>("rule", rule.Name));
        }
    }

    public static void ObserveKeys(Func<long> read) =>
        Meter.CreateObservableGauge("sigma.evaluator.window.keys", read, "{key}", "Keys with at least one event stored");

    public static void ObserveCoverageLag(Func<IEnumerable<Measurement<double>>> read) =>
        Meter.CreateObservableGauge("sigma.evaluator.coverage.lag", read, "s", "Now minus the end of the covered time, by source");

    public static void ObserveRaised(Func<IEnumerable<Measurement<long>>> count, Func<IEnumerable<Measurement<double>>> oldest)
    {
        Meter.CreateObservableGauge("sigma.evaluator.alerts.active", count, "{alert}", "Alerts that are raised now, by rule");
        Meter.CreateObservableGauge("sigma.evaluator.alerts.oldest", oldest, "s",
            "How long the oldest alert that is raised now has been, by rule; 0 when there is none");
    }
}
