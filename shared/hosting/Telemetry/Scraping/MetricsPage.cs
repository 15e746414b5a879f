using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Numerics;
using Microsoft.Extensions.Logging;

namespace Sigma.Hosting.Telemetry.Scraping;

/// <summary>
/// Adds up what the process measures from here on and shows it in Prometheus' text format. A measurement costs a look-up and an addition; everything
/// else is done when somebody asks for the page.
/// </summary>
internal sealed class MetricsPage : IDisposable
{
    readonly ConcurrentDictionary<string, Metric> _metrics = new(StringComparer.Ordinal);
    readonly MeterListener _listener = new();
    readonly Lock _look = new();
    readonly ILogger _log;

    public MetricsPage(ILogger<MetricsPage> log)
    {
        _log = log;
        _listener.InstrumentPublished = Listen;
        Read<byte>();
        Read<short>();
        Read<int>();
        Read<long>();
        Read<float>();
        Read<double>();
        Read<decimal>();
        _listener.Start();
    }

    /// <summary>The whole page, as of now.</summary>
    public string Write()
    {
        lock (_look)
        {
            var all = _metrics.Values.OrderBy(m => m.Name, StringComparer.Ordinal).ToList();
            all.ForEach(m => m.BeginLook());
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException e) // the others are written all the same
            {
                _log.LogWarning("A metric cannot be read: {Reason}", e.InnerException?.Message);
            }
            var page = new PageWriter();
            foreach (var metric in all)
                metric.Write(page);
            return page.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    void Read<T>() where T : struct, INumber<T> =>
        _listener.SetMeasurementEventCallback<T>((_, value, tags, metric) => ((Metric)metric!).Record(double.CreateSaturating(value), tags));

    void Listen(Instrument instrument, MeterListener listener)
    {
        if (!OpenTelemetryStart.Meters.Any(name => name.EndsWith('*')
            ? instrument.Meter.Name.StartsWith(name[..^1], StringComparison.Ordinal) : instrument.Meter.Name == name)
            || KindOf(instrument) is not { } kind)
            return;
        var (name, unit) = MetricName.Of(instrument, kind);
        var bounds = BoundsOf(instrument);
        Func<Series> create = kind == Kind.Histogram
            ? () => new Distribution(bounds) : kind == Kind.Gauge && !IsUpDown(instrument) || instrument.IsObservable
            ? () => new Latest() : () => new Sum();
        var metric = _metrics.GetOrAdd(name, _ => new Metric(name, unit, instrument.Description ?? "", kind, instrument.IsObservable, create));
        // Two services in one process may have an instrument of the same name; two metrics of one name but different kinds cannot be told on one
        // page.
        if (metric.Kind == kind && metric.Observed == instrument.IsObservable)
            listener.EnableMeasurementEvents(instrument, metric);
    }

    static Kind? KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        nameof(Counter<long>) or nameof(ObservableCounter<long>) => Kind.Counter,
        nameof(UpDownCounter<long>) or nameof(ObservableUpDownCounter<long>) or nameof(Gauge<long>) or nameof(ObservableGauge<long>) => Kind.Gauge,
        nameof(Histogram<double>) => Kind.Histogram,
        _ => null,
    };

    static bool IsUpDown(Instrument instrument) => instrument.GetType().Name.StartsWith(nameof(UpDownCounter<long>), StringComparison.Ordinal);

    static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised],
        Histogram<float> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(b => (double)b)],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(b => (double)b)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(b => (double)b)],
        _ => Distribution.UsualBounds,
    };
}
