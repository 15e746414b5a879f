using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sigma.Hosting.Telemetry;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

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
        return activity.SetTag("sigma.alert_id", delivery.AlertId.ToString()).SetTag("sigma.kind", delivery.Kind)
            .SetTag("sigma.delivery_id", delivery.Id.ToString())
            .SetTag("sigma.attempt", attempt).SetTag("sigma.source", content.Episode.Source).SetTag("sigma.rule", content.Episode.Rule)
            .SetTag("sigma.key", content.Episode.Labels.Key());
    }

    readonly Counter<long> _deliveries, _uncertain, _digests;
    readonly Histogram<double> _duration;
    volatile IReadOnlyCollection<Channel> _channels = [];
    volatile IReadOnlyCollection<Measurement<long>> _accounts = [], _codes = [];

    public NotifierTelemetry(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(Name);
        _deliveries = meter.CreateCounter<long>("sigma.notifier.deliveries", "{delivery}", "Deliveries settled, by channel, kind and state");
        _uncertain = meter.CreateCounter<long>("sigma.notifier.deliveries.uncertain", "{delivery}",
            "Calls of which it is not known whether they were processed");
        _digests = meter.CreateCounter<long>("sigma.notifier.digests", "{message}", "Messages that named many alerts");
        _duration = meter.CreateHistogram("sigma.notifier.delivery.duration", "s", "From the raise or the clear to its delivery",
            advice: new InstrumentAdvice<double>
                { HistogramBucketBoundaries = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400] });
        WaitingGauge = meter.CreateObservableGauge("sigma.notifier.deliveries.waiting", () => Each(c => c.Open), "{delivery}",
            "Deliveries not settled yet");
        InLineGauge = meter.CreateObservableGauge("sigma.notifier.deliveries.in_line", () => Each(c => c.InLine), "{delivery}",
            "Deliveries that wait for their recipient's turn");
        meter.CreateObservableGauge("sigma.notifier.deliveries.oldest",
            () => Each(c => c.Since is { } since ? (time.Milliseconds() - since) / 1000d : 0), "s",
            "How long the oldest delivery not settled yet has waited; 0 when there is none");
        meter.CreateObservableGauge("sigma.notifier.deliveries.held", () => Each(c => Math.Max(0, (c.HeldUntil - time.Milliseconds()) / 1000d)), "s",
            "How long the recipient's line is still held after a failed call or a Retry-After; 0 when it is not");
        meter.CreateObservableGauge("sigma.notifier.alerts.by_account", () => _accounts, "{alert}",
            "Alerts raised in the last 24 hours of the ten accounts with the most");
        meter.CreateObservableGauge("sigma.notifier.alerts.by_code", () => _codes, "{alert}",
            "Alerts raised in the last 24 hours of the ten codes with the most");
    }

    public ObservableGauge<long> WaitingGauge { get; }

    public ObservableGauge<long> InLineGauge { get; }

    public void Settled(Delivery delivery, DeliveryState state) =>
        _deliveries.Add(1, new("channel", delivery.Channel), new("kind", Kind(delivery)), new("state", state.Stored()));

    public void Uncertain(Delivery delivery, bool asked) =>
        _uncertain.Add(1, new("channel", delivery.Channel), new("kind", Kind(delivery)), new("handled", asked ? "asked" : "sent_again"));

    public void DigestSent(string channel) => _digests.Add(1, new KeyValuePair<string, object?>("channel", channel));

    public void Took(Delivery delivery, TimeSpan duration) =>
        _duration.Record(Math.Max(0, duration.TotalSeconds), new("channel", delivery.Channel), new("kind", Kind(delivery)));

    static string Kind(Delivery delivery) => DeliveryKind.IsOfStep(delivery.Kind) ? "escalated"
        : DeliveryKind.IsReminder(delivery.Kind) ? "reminded" : delivery.Kind;

    /// <summary>From nothing, so that the first one is seen as a step.</summary>
    public void Begin(IEnumerable<string> channels)
    {
        foreach (var channel in channels)
        {
            _digests.Add(0, new KeyValuePair<string, object?>("channel", channel));
            foreach (var kind in (string[])[DeliveryKind.Raised, DeliveryKind.Cleared])
            {
                foreach (var state in (DeliveryState[])[DeliveryState.Sent, DeliveryState.Failed, DeliveryState.Uncertain, DeliveryState.Merged,
                    DeliveryState.Skipped])
                    _deliveries.Add(0, new("channel", channel), new("kind", kind), new("state", state.Stored()));
                foreach (var handled in (string[])["asked", "sent_again"])
                    _uncertain.Add(0, new("channel", channel), new("kind", kind), new("handled", handled));
            }
        }
    }

    /// <summary>What waits, counted in the database: every notifier says the same.</summary>
    public void Waiting(IReadOnlyCollection<Channel> byChannel) => _channels = byChannel;

    /// <summary>The busiest, counted in the database.</summary>
    public void TopAccounts(IEnumerable<AlertCount> accounts, IEnumerable<AlertCount> codes)
    {
        _accounts = [.. accounts.Select(a => new Measurement<long>(a.Alerts, new KeyValuePair<string, object?>("account", a.Name)))];
        _codes = [.. codes.Select(c => new Measurement<long>(c.Alerts, new KeyValuePair<string, object?>("code", c.Name)))];
    }

    IEnumerable<Measurement<T>> Each<T>(Func<Channel, T> value) where T : struct =>
        _channels.Select(c => new Measurement<T>(value(c), new KeyValuePair<string, object?>("channel", c.Name)));

    /// <param name="Name">Of the channel.</param>
    /// <param name="Open">Deliveries that are not settled.</param>
    /// <param name="InLine">Those of them that wait for their recipient's turn.</param>
    /// <param name="Since">When the oldest of them came; as stored.</param>
    /// <param name="HeldUntil">Nothing is sent to its recipient before this; as stored.</param>
    internal sealed record Channel(string Name, long Open, long InLine, long? Since, long HeldUntil);
}
