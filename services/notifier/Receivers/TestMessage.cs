using Sigma.Contracts;
using Sigma.Hosting.Telemetry;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.Receivers;

/// <summary>
/// Sends a message that says that it is a test, at once and by itself: it is no delivery, in no report, and tried once. What a drill says of an alert
/// that is over already: so nothing stays open at a vendor.
/// </summary>
internal sealed class TestMessage(ReceiverSet receivers, TimeProvider time, ILogger<TestMessage> log)
{
    /// <summary>Sends it; null when this notifier has no such integration.</summary>
    public async Task<TestResult?> Send(string integration, string by, CancellationToken ct)
    {
        if (receivers.Find(integration) is not { } channel)
            return null;
        if ((channel.Options.Enabled ? channel.DrillObstacle : "the channel is switched off") is { } obstacle)
            return new("skipped", null, obstacle);
        var result = await Send(channel, ct);
        log.LogInformation("A test message on {Channel}, wanted by {By}: {State}: {Reason}", channel.Integration.Name, by, result.State,
            result.Reason ?? "taken");
        return result;
    }

    async Task<TestResult> Send(Channels.IChannel channel, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(channel.CallLimit);
        try
        {
            return new("sent", (await channel.Send(Content(), limit.Token)).Id, null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var failure = DeliveryFailure.From(e, channel.Options);
            return failure.Kind switch
            {
                FailureKind.Accepted => new("accepted", failure.Receipt, failure.Reason),
                FailureKind.Uncertain or FailureKind.Unconfirmed => new("uncertain", null, failure.Reason),
                _ => new("failed", null, failure.Reason),
            };
        }
    }

    DeliveryContent Content()
    {
        var (id, now) = (Guid.CreateVersion7(), time.GetUtcNow());
        return new(id, ContentKind.RaisedAndCleared, new Episode
        {
            AlertId = id, Rule = Drill.Source, Severity = Drill.Source, Source = Drill.Source, Labels = Drill.LabelsOf(id, Drill.AllChannels),
            Count = Drill.Events, Threshold = Drill.Events, WindowFrom = now, WindowTo = now, RaisedAt = now, ClearedAt = now, ClearedCount = 0,
            ClearedReason = "volume-normal",
        });
    }
}

/// <summary>What became of a test message.</summary>
/// <param name="State">
/// <c>sent</c>, <c>accepted</c> where the vendor says later what became of it, <c>failed</c>, <c>uncertain</c> or <c>skipped</c>.
/// </param>
/// <param name="Receipt">The vendor's name for it, if it said one.</param>
/// <param name="Reason">Why it was not sent, or what the vendor says of it so far.</param>
internal sealed record TestResult(string State, string? Receipt, string? Reason);
