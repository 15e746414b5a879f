using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sigma.Archive;

internal static class ArchiveTelemetry
{
    static readonly Meter Meter = new("Sigma.Archive");

    static readonly InstrumentAdvice<double> Seconds = new()
        { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    public static readonly Counter<long> LinesStored = Meter.CreateCounter<long>("sigma.archive.lines.stored", "{line}", "Log lines stored");
    public static readonly Counter<long> LinesMoved = Meter.CreateCounter<long>("sigma.archive.lines.moved", "{line}",
        "Log lines whose own time is too far away, stored at the time they came");
    public static readonly Counter<long> FilesDamaged = Meter.CreateCounter<long>("sigma.archive.files.damaged", "{file}",
        "Files that were damaged and put aside, by kind");
    public static readonly Counter<long> LogDuplicates = Meter.CreateCounter<long>("sigma.archive.logs.duplicates", "{batch}",
        "Batches of log lines that came again and were stored before");
    public static readonly Histogram<double> LogLag = Meter.CreateHistogram("sigma.archive.logs.lag", "s",
        "From when a batch of log lines was sent until it is stored", advice: Seconds);
    public static readonly Histogram<double> SearchDuration = Meter.CreateHistogram("sigma.archive.search.duration", "s",
        "Answering one question for log lines", advice: Seconds);
    public static readonly Counter<long> SamplesStored = Meter.CreateCounter<long>("sigma.archive.samples.stored", "{sample}",
        "Samples stored, or taken by the server they are handed on to");
    public static readonly Counter<long> SamplesDropped = Meter.CreateCounter<long>("sigma.archive.samples.dropped", "{sample}",
        "Samples that are not kept, by reason");
    public static readonly Counter<long> SampleDuplicates = Meter.CreateCounter<long>("sigma.archive.samples.duplicates", "{batch}",
        "Batches of samples that came again and were stored before");
    public static readonly Histogram<double> SampleLag = Meter.CreateHistogram("sigma.archive.samples.lag", "s",
        "From when a batch of samples was sent until it is stored", advice: Seconds);

    /// <summary>Measures from now until it is disposed of.</summary>
    public static IDisposable Time(Histogram<double> histogram) => new Timing(histogram, Stopwatch.GetTimestamp());

    public static void ObserveDisk(Func<IEnumerable<Measurement<long>>> read) =>
        Meter.CreateObservableGauge("sigma.archive.disk.used", read, "By", "Bytes of the archive's files, by kind");

    public static void ObserveRoom(Func<IEnumerable<Measurement<long>>> read) =>
        Meter.CreateObservableGauge("sigma.archive.disk.free", read, "By", "Bytes that are free on the disk of the archive's folder");

    public static void ObserveAgents(Func<IEnumerable<Measurement<long>>> read) =>
        Meter.CreateObservableGauge("sigma.archive.agents", read, "{agent}", "Agents, by state");

    sealed class Timing(Histogram<double> histogram, long began) : IDisposable
    {
        public void Dispose() => histogram.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
