using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier;

/// <summary>Traces and metrics of the notifier.</summary>
internal sealed class NotifierTelemetry
{
    public const string Name = "Sigma.Notifier";

    public static readonly ActivitySource Source = new(Name);

    readonly Counter<long> _deliveries, _uncertain;
    readonly Histogram<double> _duration;
    volatile IReadOnlyCollection<Measurement<long>> _waiting = [];

    public NotifierTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _deliveries = meter.CreateCounter<long>("sigma.notifier.deliveries", "{delivery}", "Deliveries settled, by channel, kind and state");
        _uncertain = meter.CreateCounter<long>("sigma.notifier.deliveries.uncertain", "{delivery}", "Calls of which it is not known whether they were heard");
        _duration = meter.CreateHistogram<double>("sigma.notifier.delivery.duration", "s", "From the raise or the clear to its delivery");
        WaitingGauge = meter.CreateObservableGauge("sigma.notifier.deliveries.waiting", () => _waiting, "{delivery}", "Deliveries not settled yet");
    }

    public ObservableGauge<long> WaitingGauge { get; }

    public void Settled(Delivery delivery, string state) => _deliveries.Add(1, new("channel", delivery.Channel), new("kind", delivery.Kind), new("state", state));

    public void Uncertain(Delivery delivery) => _uncertain.Add(1, new("channel", delivery.Channel), new("kind", delivery.Kind));

    public void Took(Delivery delivery, TimeSpan duration) =>
        _duration.Record(Math.Max(0, duration.TotalSeconds), new("channel", delivery.Channel), new("kind", delivery.Kind));

    public void Waiting(IEnumerable<KeyValuePair<string, long>> byChannel) =>
        _waiting = [.. byChannel.Select(c => new Measurement<long>(c.Value, new KeyValuePair<string, object?>("channel", c.Key)))];
}
