using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Sigma.Fetcher.Sources;

/// <summary>Figures of the sources that are polled beside Segware. The settings bound how many there are.</summary>
internal sealed class SourceTelemetry : IDisposable
{
    readonly Meter _meter = new("Sigma.Fetcher.Sources");
    readonly ConcurrentDictionary<string, (SourcePlan Plan, SourceState State, long SucceededAt)> _last = new();
    readonly Counter<long> _looks, _conditions;
    readonly Histogram<double> _duration;

    public SourceTelemetry(TimeProvider time)
    {
        _looks = _meter.CreateCounter<long>("sigma.fetcher.source.polls", "{poll}", "Polls of a source, by what came of them: ok, down or failed");
        _conditions = _meter.CreateCounter<long>("sigma.fetcher.source.conditions", "{condition}",
            "Conditions told of, by state: firing or resolved");
        _duration = _meter.CreateHistogram("sigma.fetcher.source.poll.duration", "s", "Duration of a poll of a source",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });
        _meter.CreateObservableGauge("sigma.fetcher.source.readable",
            () => _last.Values.Select(last => new Measurement<int>(last.State == SourceState.Failed ? 0 : 1, Tags(last.Plan))), "",
            "1 while the last poll of this fetcher could be read, else 0");
        _meter.CreateObservableGauge("sigma.fetcher.source.age", () => _last.Values.Where(last => last.SucceededAt > 0)
            .Select(last => new Measurement<double>(time.GetElapsedTime(last.SucceededAt).TotalSeconds, Tags(last.Plan))), "s",
            "How long ago this fetcher last read the source");
        Now = time.GetTimestamp;
    }

    Func<long> Now { get; }

    /// <summary>Those that could not be read the last time.</summary>
    public IEnumerable<string> Unreadable => _last.Where(last => last.Value.State == SourceState.Failed).Select(last => last.Key).Order();

    public void Looked(SourcePlan plan, SourceState state, TimeSpan took)
    {
        _looks.Add(1, [.. Tags(plan), new("state", state.ToString().ToLowerInvariant())]);
        _duration.Record(took.TotalSeconds, Tags(plan));
        _last.AddOrUpdate(plan.Name, _ => (plan, state, state == SourceState.Failed ? 0 : Now()),
            (_, before) => (plan, state, state == SourceState.Failed ? before.SucceededAt : Now()));
    }

    public void Told(SourcePlan plan, int fired, int resolved)
    {
        if (fired > 0)
            _conditions.Add(fired, [.. Tags(plan), new("state", "firing")]);
        if (resolved > 0)
            _conditions.Add(resolved, [.. Tags(plan), new("state", "resolved")]);
    }

    public void Dispose() => _meter.Dispose();

    static KeyValuePair<string, object?>[] Tags(SourcePlan plan) => [new("source", plan.Name), new("kind", plan.Kind)];
}
