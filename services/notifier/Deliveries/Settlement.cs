using Microsoft.Extensions.Options;
using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>
/// Settles deliveries and what waits for them: the acknowledgement of a raise is due now, and so is the clear unless it was sent with the raise.
/// </summary>
internal sealed class Settlement(DeliveryTable deliveries, DeliveryQueue queue, DeliveryLog deliveryLog, IOptions<NotifierOptions> options)
{
    /// <summary>Settles all with the same result.</summary>
    public async Task Settle(DbSession session, IChannel channel, IReadOnlyList<SettledDelivery> ended, DeliveryResult deliveryResult,
        CancellationToken ct)
    {
        await deliveries.Settle(session, ended.Select(e => e.Own), deliveryResult.State, deliveryResult.Reason, deliveryResult.Receipt, ct);
        List<Delivery> merged = [];
        foreach (var (own, content, raiseAndClear) in ended)
        {
            if (content is not null && deliveryResult.State is (DeliveryState.Sent or DeliveryState.Failed))
                await channel.Record(session, content, deliveryResult, ct);
            session.AfterCommit(() => deliveryLog.Settled(own, content, deliveryResult));
            if (own.Kind == DeliveryKind.Raised
                && raiseAndClear.Acknowledgement is { State: DeliveryState.Pending or DeliveryState.Waiting } acknowledgement)
            {
                await deliveries.Release(session, acknowledgement.Id, options.Value.Deliveries.GiveUpAfter, ct);
                await queue.Send(session, channel, acknowledgement, TimeSpan.Zero, ct);
            }
            if (own.Kind == DeliveryKind.Cleared || raiseAndClear.Clear is not { State: DeliveryState.Pending or DeliveryState.Waiting } clear)
                continue;
            if (deliveryResult.State == DeliveryState.Sent && content!.Kind == ContentKind.RaisedAndCleared && own.Kind == DeliveryKind.Raised)
            {
                merged.Add(clear);
                session.AfterCommit(() => deliveryLog.Settled(clear, content with { Kind = ContentKind.Cleared }, Merged));
                continue;
            }
            await deliveries.Postpone(session, clear, TimeSpan.Zero, null, ct);
            await queue.Send(session, channel, clear, TimeSpan.Zero, ct);
        }
        await deliveries.Settle(session, merged, Merged.State, Merged.Reason, null, ct);
    }

    static readonly DeliveryResult Merged = new(DeliveryState.Merged, "sent together with the alert");
}

/// <summary>A delivery to be settled.</summary>
/// <param name="Own">It.</param>
/// <param name="Content">What it said or was to say, if its alert is known.</param>
/// <param name="Pair">Raise, acknowledgement and clear of its alert.</param>
internal sealed record SettledDelivery(Delivery Own, DeliveryContent? Content, DeliveryTable.RaiseAndClear Pair);

/// <summary>How a delivery ended.</summary>
internal sealed record DeliveryResult(DeliveryState State, string? Reason, string? Receipt = null);
