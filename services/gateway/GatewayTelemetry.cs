using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sigma.Gateway.Intake;
using Sigma.Storage;

namespace Sigma.Gateway;

/// <summary>What the gateway measures of itself, by integration.</summary>
internal static class GatewayTelemetry
{
    public static readonly ActivitySource Source = new("Sigma.Gateway");
    static readonly Meter Meter = new("Sigma.Gateway");

    static readonly Counter<long> Bytes = Meter.CreateCounter<long>("sigma.gateway.bytes", "By", "Bytes of bodies, unpacked, by integration");
    static readonly Counter<long> AcceptedCount = Meter.CreateCounter<long>("sigma.gateway.accepted", "{item}",
        "Pieces of news that were kept, by integration and kind of news");
    static readonly Counter<long> DuplicateCount = Meter.CreateCounter<long>("sigma.gateway.duplicates", "{item}",
        "Pieces of news that had been delivered before, by integration");
    static readonly Counter<long> RefusedCount = Meter.CreateCounter<long>("sigma.gateway.refused", "{delivery}",
        "Deliveries that were refused, by integration and reason; without an integration where nobody's key was shown");
    static readonly Counter<long> UnreadCount = Meter.CreateCounter<long>("sigma.gateway.unread", "{delivery}",
        "Deliveries that are kept and could not be read by a fault of ours, by integration");
    static readonly Histogram<double> ToBroker = Meter.CreateHistogram("sigma.gateway.broker.duration", "s",
        "From the hand-over of a message to the broker's word that it has it",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
    static readonly Histogram<double> Keeping = Meter.CreateHistogram("sigma.gateway.keep.duration", "s",
        "The transaction that keeps deliveries",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    public static void Received(string integration, long bytes) => Bytes.Add(bytes, Of(integration));

    public static void Accepted(string integration, string news, long items) =>
        AcceptedCount.Add(items, Of(integration), new KeyValuePair<string, object?>("news", news));

    public static void Duplicates(string integration, long items) => DuplicateCount.Add(items, Of(integration));

    public static void Refused(string? integration, Refusal reason) =>
        RefusedCount.Add(1, Of(integration ?? ""), new KeyValuePair<string, object?>("reason", reason.Stored()));

    public static void Unread(string integration) => UnreadCount.Add(1, Of(integration));

    public static void Confirmed(string integration, TimeSpan took) => ToBroker.Record(took.TotalSeconds, Of(integration));

    public static void Kept(TimeSpan took) => Keeping.Record(took.TotalSeconds);

    public static void ObserveLag(Func<double> read) =>
        Meter.CreateObservableGauge("sigma.gateway.coverage.lag", read, "s", "Now minus the end of the last slice of this process that was reported");

    static KeyValuePair<string, object?> Of(string integration) => new("integration", integration);
}
