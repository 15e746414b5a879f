using Microsoft.Extensions.Options;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Registers;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Takes deliveries in hand and settles them, each in a short transaction of its own: no transaction is open while an API is called.</summary>
internal sealed class DeliveryLedger(Database database, DeliveryTable deliveries, RegisterTable registers, DeliveryQueue queue, DeliveryNews news,
    IOptions<NotifierOptions> options, TimeProvider time)
{
    // A channel's call ends by its own time-out; then the result is still to be written.
    static readonly TimeSpan ToWriteTheResult = TimeSpan.FromSeconds(30);

    DeliveryOptions Options => options.Value.Deliveries;

    /// <summary>The delivery, if it is to be sent now by us.</summary>
    public async Task<Claim?> Take(IChannel channel, DeliveryDue due, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var pair = await deliveries.Lock(session, due.AlertId, channel.Name, ct);
        if (pair.Of(due.DeliveryId) is not { } own)
            return null;
        var episode = await registers.Find(session, due.AlertId, ct);
        Claim? claim = null;
        Action? told = null;
        switch (NextStep.Of(own, pair.Raise, episode, due.Attempt, channel.Options, time.Milliseconds()))
        {
            case NextStep.LookAgain again:
                await queue.Send(session, own, own.Attempts, again.After + TimeSpan.FromSeconds(1), ct);
                break;
            case NextStep.WaitForRaise:
                await deliveries.Postpone(session, own, Options.RetryTo, null, ct);
                break;
            case NextStep.Settle step:
                told = await Settle(session, channel, pair, own, Content(own, episode), new(step.State, step.Reason), ct);
                break;
            case NextStep.Send step:
                await deliveries.Claim(session, own, channel.CallLimit + ToWriteTheResult, ct);
                claim = new(own, own.Attempts + 1, new DeliveryContent(own.Id, step.Says, episode!));
                break;
        }
        await queue.Commit(session, ct);
        told?.Invoke();
        return claim;
    }

    public Task Sent(IChannel channel, Claim claim, Receipt receipt, CancellationToken ct) =>
        Write(channel, claim, (session, pair, own) => own.State is DeliveryState.Sent
            ? Task.FromResult<Action?>(null)
            : Settle(session, channel, pair, own, claim.Content, new(DeliveryState.Sent, null, receipt.Id), ct), ct);

    public Task Failed(IChannel channel, Claim claim, DeliveryFailure failure, CancellationToken ct) =>
        Write(channel, claim, async (session, pair, own) =>
        {
            if (own.State != DeliveryState.Sending || own.Attempts != claim.Attempt)
                return null; // the claim ran out and somebody else has it
            if (failure.Kind == FailureKind.Permanent)
                return await Settle(session, channel, pair, own, claim.Content, new(DeliveryState.Failed, failure.Reason), ct);
            if (failure.Kind == FailureKind.Uncertain && channel.Options.WhenUncertain == WhenUncertain.AskAPerson)
                return await Settle(session, channel, pair, own, claim.Content, new(DeliveryState.Uncertain, failure.Reason), ct);

            var wait = Backoff.After(own.Attempts, Options, failure.RetryAfter, Random.Shared.NextDouble());
            var left = TimeSpan.FromMilliseconds(Math.Max(0, own.GiveUpAt - time.Milliseconds()));
            wait = wait < left ? wait : left;
            await deliveries.Postpone(session, own, wait, failure.Reason, ct);
            await queue.Send(session, own, own.Attempts, wait, ct);
            return () => news.Postponed(own, failure, wait);
        }, ct);

    async Task Write(IChannel channel, Claim claim, Func<DbSession, DeliveryTable.Pair, Delivery, Task<Action?>> result, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await using var session = await database.Begin(ct);
                var pair = await deliveries.Lock(session, claim.Delivery.AlertId, channel.Name, ct);
                var told = pair.Of(claim.Delivery.Id) is { } own ? await result(session, pair, own) : null;
                await queue.Commit(session, ct);
                told?.Invoke();
                return;
            }
            catch (Exception e) when (database.Dialect.IsConflict(e) || database.Dialect.IsOutage(e))
            {
                news.ResultNotWritten(claim.Delivery, e); // the call is made: forgetting its result would make it twice
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, ct);
            }
        }
    }

    // Ends a delivery, and what hangs on it: the clear was said with the raise, or its turn has come. Returns what is told once this is committed.
    async Task<Action?> Settle(DbSession session, IChannel channel, DeliveryTable.Pair pair, Delivery own, DeliveryContent? content, Result result,
        CancellationToken ct)
    {
        await deliveries.Settle(session, own, result.State, result.Reason, result.Receipt, ct);
        if (content is not null && result.State is (DeliveryState.Sent or DeliveryState.Failed))
            await channel.Record(session, content, result, ct);

        Action told = () => news.Settled(own, content, result);
        if (own.Kind == DeliveryKind.Raised && pair.Clear is { State: DeliveryState.Pending } clear)
        {
            if (result.State == DeliveryState.Sent && content!.Says == Said.RaisedAndCleared)
            {
                Result merged = new(DeliveryState.Merged, "said together with the alert");
                await deliveries.Settle(session, clear, merged.State, merged.Reason, null, ct);
                told += () => news.Settled(clear, content with { Says = Said.Cleared }, merged);
            }
            else
            {
                await deliveries.Postpone(session, clear, TimeSpan.Zero, null, ct);
                await queue.Send(session, clear, clear.Attempts, TimeSpan.Zero, ct);
            }
        }
        return told;
    }

    static DeliveryContent? Content(Delivery own, Episode? episode) => episode is null ? null
        : new(own.Id, own.Kind == DeliveryKind.Cleared ? Said.Cleared : episode.ClearedAt is null ? Said.Raised : Said.RaisedAndCleared, episode);
}

/// <summary>A delivery we have in hand.</summary>
internal sealed record Claim(Delivery Delivery, int Attempt, DeliveryContent Content);

/// <summary>How a delivery ended.</summary>
internal sealed record Result(string State, string? Reason, string? Receipt = null);
