using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Ends deliveries, and what hangs on them: the clear was said with the raise, or its turn has come.</summary>
internal sealed class Settlement(DeliveryTable deliveries, DeliveryQueue queue, DeliveryNews news)
{
    /// <summary>Ends them all alike. Returns what is told once this is committed.</summary>
    public async Task<Action> Settle(DbSession session, IChannel channel, IReadOnlyList<Ended> ended, Result result, CancellationToken ct)
    {
        await deliveries.Settle(session, ended.Select(e => e.Own), result.State, result.Reason, result.Receipt, ct);
        Action told = () => { };
        List<Delivery> merged = [];
        foreach (var (own, content, pair) in ended)
        {
            if (content is not null && result.State is (DeliveryState.Sent or DeliveryState.Failed))
                await channel.Record(session, content, result, ct);
            told += () => news.Settled(own, content, result);
            if (own.Kind != DeliveryKind.Raised || pair.Clear is not { State: DeliveryState.Pending or DeliveryState.Waiting } clear)
                continue;
            if (result.State == DeliveryState.Sent && content!.Says == Said.RaisedAndCleared)
            {
                merged.Add(clear);
                told += () => news.Settled(clear, content with { Says = Said.Cleared }, Merged);
                continue;
            }
            await deliveries.Postpone(session, clear, TimeSpan.Zero, null, ct);
            await queue.Send(session, clear, clear.Attempts, TimeSpan.Zero, ct);
        }
        await deliveries.Settle(session, merged, Merged.State, Merged.Reason, null, ct);
        return told;
    }

    static readonly Result Merged = new(DeliveryState.Merged, "said together with the alert");
}

/// <summary>A delivery that has come to its end.</summary>
/// <param name="Own">It.</param>
/// <param name="Content">What it said or was to say, if its alert is known.</param>
/// <param name="Pair">Raise and clear of its alert.</param>
internal sealed record Ended(Delivery Own, DeliveryContent? Content, DeliveryTable.Pair Pair);

/// <summary>How a delivery ended.</summary>
internal sealed record Result(string State, string? Reason, string? Receipt = null);
