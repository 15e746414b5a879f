using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sigma.Segware;

namespace Sigma.Fetcher;

/// <summary>Traces and figures of the fetcher.</summary>
internal sealed class FetcherTelemetry : IDisposable
{
    public static readonly ActivitySource Traces = new("Sigma.Fetcher");

    readonly Meter _meter = new("Sigma.Fetcher");
    long _watermark = -1, _overlap = -1;
    volatile IReadOnlyCollection<Measurement<long>> _minutes = [];

    public FetcherTelemetry(SegwareClock clock)
    {
        EventsFetched = _meter.CreateCounter<long>("sigma.fetcher.events.fetched", "{event}", "Watched events read, repeated ones included");
        SlicesPublished = _meter.CreateCounter<long>("sigma.fetcher.slices.published", "{slice}",
            "Slices published because they were new or had changed");
        SlicesFailed = _meter.CreateCounter<long>("sigma.fetcher.slices.failed", "{slice}", "Tries at a slice that failed");
        OccurrencesExcused = _meter.CreateCounter<long>("sigma.fetcher.occurrences.excused", "{occurrence}", "Occurrences announced as excused");
        RecordsOdd = _meter.CreateCounter<long>("sigma.fetcher.records.odd", "{record}", "Records put aside, or a part of them, by reason");
        TimesReplaced = _meter.CreateCounter<long>("sigma.fetcher.events.time_replaced", "{event}",
            "Events whose own time is far from the time that was asked for");
        PollDuration = _meter.CreateHistogram("sigma.fetcher.poll.duration", "s", "Duration of a poll",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300] });
        _meter.CreateObservableGauge("sigma.fetcher.watermark.lag", () => Lag(clock), "s", "How long ago the source was last watched without a gap");
        _meter.CreateObservableGauge("sigma.fetcher.overlap", () => Interlocked.Read(ref _overlap) is >= 0 and var ticks
            ? [new Measurement<double>(TimeSpan.FromTicks(ticks).TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s", "How long after its end a slice is asked for again, for events that appear late");
        CoverageMinutes = _meter.CreateObservableGauge("sigma.fetcher.coverage.minutes", () => _minutes, "{minute}",
            "Minutes of the last 24 hours, by state");
        foreach (var counter in (Counter<long>[])[EventsFetched, SlicesPublished, SlicesFailed, OccurrencesExcused, TimesReplaced])
            counter.Add(0); // so that the first one is seen as a step
    }

    public Counter<long> EventsFetched { get; }
    public Counter<long> SlicesPublished { get; }
    public Counter<long> SlicesFailed { get; }
    public Counter<long> OccurrencesExcused { get; }
    public Counter<long> RecordsOdd { get; }
    public Counter<long> TimesReplaced { get; }
    public Histogram<double> PollDuration { get; }
    public ObservableGauge<long> CoverageMinutes { get; }

    public void WatermarkIs(long watermark) => Interlocked.Exchange(ref _watermark, watermark);

    public void OverlapIs(TimeSpan overlap) => Interlocked.Exchange(ref _overlap, overlap.Ticks);

    public void MinutesAre(string source, IEnumerable<KeyValuePair<string, int>> byState) =>
        _minutes = [.. byState.Select(s => new Measurement<long>(s.Value, new("source", source), new("state", s.Key)))];

    public void Dispose() => _meter.Dispose();

    IEnumerable<Measurement<double>> Lag(SegwareClock clock) =>
        Interlocked.Read(ref _watermark) is >= 0 and var watermark ? [new((clock.Now.ToUnixTimeMilliseconds() - watermark) / 1000.0)] : [];
}
