using Sigma.Gateway.Alertmanager;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Alertmanager;

/// <summary>
/// What clients such as Prometheus post to Alertmanager's API version 2. An end in the future is no end but a lease, and who says no end has one too.
/// </summary>
internal static class PostedAlerts
{
    /// <summary>How long an alert holds whose client does not say until when.</summary>
    public static readonly TimeSpan UsualResolveTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The alerts of a list.</summary>
    /// <exception cref="MalformedBodyException">One is none.</exception>
    public static IReadOnlyList<Understood> Read(JsonValue alerts, DateTimeOffset receivedAt, TimeSpan resolveTimeout, Integration integration) =>
        [.. alerts.Items.Select(alert => One(alert, receivedAt, resolveTimeout, integration))];

    /// <summary>One of them.</summary>
    /// <exception cref="MalformedBodyException">It is none.</exception>
    public static Understood One(JsonValue alert, DateTimeOffset receivedAt, TimeSpan resolveTimeout, Integration integration)
    {
        if (!alert["labels"].IsObject || alert["labels"].Fields.All(label => label.Text is null))
            throw alert["labels"].Wrong("has no label: an alert is what its labels say");
        var ends = SourceTime.Require(alert["endsAt"]);
        var starts = SourceTime.Require(alert["startsAt"]) ?? (ends < receivedAt ? ends : receivedAt);
        if (ends < starts)
            throw alert["endsAt"].Wrong("is before startsAt");
        var isOver = ends <= receivedAt;
        // As at /api/v2/alerts: read again it is the same alert.
        var id = Fingerprint.Of([.. alert["labels"].Fields.Where(label => label.Text is { Length: > 0 })
            .Select(label => KeyValuePair.Create(label.Name, label.Text!)).OrderBy(label => label.Key, StringComparer.Ordinal)]);
        var started = alert["startsAt"].Text ?? "";
        return NewsLimits.Fit(new Understood
        {
            State = isOver ? UnderstoodState.Resolved : UnderstoodState.Firing, ExternalId = id,
            StartsAt = starts, EndsAt = isOver ? ends : null, ReportedAt = isOver ? ends : receivedAt,
            LeaseUntil = isOver ? null : ends ?? receivedAt + resolveTimeout,
            // Each repetition lengthens the lease; an end is told for minutes, and is one.
            DeliveryKey = ExternalIds.Hash($"{id}\n{isOver}\n{started}\n{(isOver ? alert["endsAt"].Text : $"{receivedAt.UtcTicks}")}"),
        }.Described(alert, integration), receivedAt);
    }
}
