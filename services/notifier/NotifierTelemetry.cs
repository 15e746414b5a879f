using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sigma.Hosting.Telemetry;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier;

/// <summary>Traces and metrics of the notifier.</summary>
internal sealed class NotifierTelemetry
{
    public const string Name = "Sigma.Notifier";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>Of a digest the alerts it tells of, else all that is known of the one.</summary>
    public static Activity? StartDelivery(string channel, Claim claim)
    {
        var activity = Source.StartActivity("deliver");
        if (activity is not { IsAllDataRequested: true })
            return activity;
        activity.SetTag("sigma.channel", channel).SetTag("sigma.alerts", claim.Parts.Count);
        if (claim.IsDigest)
            return activity.SetTag("sigma.alert_ids", claim.Parts.Select(p => p.Delivery.AlertId.ToString()).Distinct().ToArray());
        var (delivery, attempt, content, _) = claim.First;
        return activity.SetTag("sigma.alert_id", delivery.AlertId.ToString()).SetTag("sigma.kind", delivery.Kind).SetTag("sigma.delivery_id", delivery.Id.ToString())
            .SetTag("sigma.attempt", attempt).SetTag("sigma.source", content.Episode.Source).SetTag("sigma.rule", content.Episode.Rule).SetTag("sigma.key", content.Episode.Labels.Key());
    }

    readonly Counter<long> _deliveries, _uncertain, _digests;
    readonly Histogram<double> _duration;
    volatile IReadOnlyCollection<Measurement<long>> _waiting = [], _inLine = [];

    public NotifierTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _deliveries = meter.CreateCounter<long>("sigma.notifier.deliveries", "{delivery}", "Deliveries settled, by channel, kind and state");
        _uncertain = meter.CreateCounter<long>("sigma.notifier.deliveries.uncertain", "{delivery}", "Calls of which it is not known whether they were heard");
        _digests = meter.CreateCounter<long>("sigma.notifier.digests", "{message}", "Messages that told of many alerts");
        _duration = meter.CreateHistogram<double>("sigma.notifier.delivery.duration", "s", "From the raise or the clear to its delivery");
        WaitingGauge = meter.CreateObservableGauge("sigma.notifier.deliveries.waiting", () => _waiting, "{delivery}", "Deliveries not settled yet");
        InLineGauge = meter.CreateObservableGauge("sigma.notifier.deliveries.in_line", () => _inLine, "{delivery}",
            "Deliveries that wait for their recipient's turn");
    }

    public ObservableGauge<long> WaitingGauge { get; }

    public ObservableGauge<long> InLineGauge { get; }

    public void Settled(Delivery delivery, string state) => _deliveries.Add(1, new("channel", delivery.Channel), new("kind", delivery.Kind), new("state", state));

    public void Uncertain(Delivery delivery, bool asked) =>
        _uncertain.Add(1, new("channel", delivery.Channel), new("kind", delivery.Kind), new("handled", asked ? "asked" : "sent_again"));

    public void DigestSent(string channel) => _digests.Add(1, new KeyValuePair<string, object?>("channel", channel));

    public void Took(Delivery delivery, TimeSpan duration) =>
        _duration.Record(Math.Max(0, duration.TotalSeconds), new("channel", delivery.Channel), new("kind", delivery.Kind));

    /// <param name="byChannel">Of each channel, how many are not settled and how many of them wait in line.</param>
    public void Waiting(IReadOnlyCollection<(string Channel, long Open, long InLine)> byChannel)
    {
        _waiting = [.. byChannel.Select(c => new Measurement<long>(c.Open, new KeyValuePair<string, object?>("channel", c.Channel)))];
        _inLine = [.. byChannel.Select(c => new Measurement<long>(c.InLine, new KeyValuePair<string, object?>("channel", c.Channel)))];
    }
}
