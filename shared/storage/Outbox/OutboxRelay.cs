using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using MassTransit.Serialization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sigma.Storage.Outbox;

/// <summary>
/// Publishes what transactions left in the outbox: at least once, always with the same message id. Any number of relays may run.
/// A crash between the send and the removal sends again; a row that cannot be sent waits, the others go on.
/// </summary>
internal sealed class OutboxRelay(Database database, OutboxTable outbox, OutboxOwner owner, RelaySignal signal, ConsumedMessages consumed,
    RelayedSend prepared, IBusControl bus, TimeProvider time, ILogger<OutboxRelay> log) : BackgroundService
{
    static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1), SendLimit = TimeSpan.FromSeconds(10), SettlePause = TimeSpan.FromMilliseconds(250),
        LeavingLimit = TimeSpan.FromSeconds(3);

    List<OutboxRow> _taken = [];

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        for (var works = true; !stop.IsCancellationRequested;)
        {
            try
            {
                await Forget(stop);
                var relayed = await Relay(stop);
                if (!works)
                    log.LogInformation("The outbox relay works again");
                works = true;
                if (relayed == 0)
                    await signal.Wait(await UntilNextDue(stop), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                if (_taken.Count > 0) // the stop came while they were taken
                    await Leave([], _taken);
                return;
            }
            catch (Exception e)
            {
                // An outage of a night is two lines, not thirty thousand.
                log.Log(works ? LogLevel.Warning : LogLevel.Debug, "The outbox relay failed, retrying every second: {Reason}", e.Message);
                works = false;
                await Task.Delay(IdleWait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task<int> Relay(CancellationToken ct)
    {
        var rows = await Take(ct);
        if (rows.Count == 0)
            return 0;

        ConcurrentBag<OutboxRow> sent = [], unsent = [];
        // One episode's messages go in their order, different episodes side by side.
        try
        {
            await Parallel.ForEachAsync(rows.GroupBy(r => r.CorrelationId ?? r.MessageId),
                new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = ct }, async (episode, _) =>
                {
                    foreach (var row in episode)
                        (await Send(row, ct) ? sent : unsent).Add(row);
                });
            await Settle(sent, unsent, ct);
            return sent.Count;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await Leave(sent, [.. rows.Except(sent)]);
            throw;
        }
    }

    async Task<List<OutboxRow>> Take(CancellationToken ct)
    {
        if (_taken.Count > 0) // the commit's answer was lost: if it was done, the rows would wait for nobody until their claim runs out
            await Settle([], _taken, ct);
        await using var session = await database.Begin(ct);
        _taken = await outbox.Take(session, ct);
        await session.Commit(ct);
        var rows = _taken;
        _taken = [];
        return rows;
    }

    // Tried until it is done: sent and not removed is sent twice.
    async Task Settle(IReadOnlyCollection<OutboxRow> sent, IReadOnlyCollection<OutboxRow> unsent, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await using var session = await database.Begin(ct);
                if (sent.Count > 0 && !owner.KeepUntilConsumed)
                    await outbox.Remove(session, sent.Select(r => r.Id), ct);
                if (unsent.Count > 0)
                    await outbox.PutBack(session, unsent, ct);
                await session.Commit(ct);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Writing the results of {Count} messages failed, retrying: {Reason}", sent.Count + unsent.Count, e.Message);
                await Task.Delay(SettlePause, ct);
            }
        }
    }

    // A process that stops hands over what it holds: else the next one waits until the claim runs out.
    async Task Leave(IReadOnlyCollection<OutboxRow> sent, IReadOnlyCollection<OutboxRow> unsent)
    {
        using var limit = new CancellationTokenSource(LeavingLimit, time);
        try
        {
            await Settle(sent, unsent, limit.Token);
        }
        catch (Exception e)
        {
            log.LogDebug("Releasing the claimed messages failed, their claim expires by itself: {Reason}", e.Message);
        }
    }

    async Task<bool> Send(OutboxRow row, CancellationToken ct)
    {
        // A send hangs while the broker is away and may not look at its token: so it is cancelled and no longer waited for.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(SendLimit);
        Activity? activity = null;
        try
        {
            activity = OutboxTelemetry.StartRelay(row.Deserialize(SystemTextJsonMessageSerializer.Instance), time);
            await Publish(row, limit.Token).WaitAsync(limit.Token);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var reason = limit.IsCancellationRequested ? "the broker does not take it" : e.Message;
            activity?.SetStatus(ActivityStatusCode.Error, reason);
            log.LogWarning("Message {MessageId} could not be published on try {Attempt}: {Reason}", row.MessageId, row.Attempts + 1, reason);
            return false;
        }
        finally
        {
            activity?.Dispose();
        }
    }

    async Task Publish(OutboxRow row, CancellationToken ct)
    {
        var endpoint = await bus.GetSendEndpoint(row.DestinationAddress!);
        await endpoint.Send(new SerializedMessageBody(), prepared.Pipe(row), ct);
    }

    async Task Forget(CancellationToken ct)
    {
        if (!owner.KeepUntilConsumed || consumed.Take() is not { Count: > 0 } messages)
            return;
        await using var session = await database.Begin(ct);
        await outbox.Remove(session, messages, ct);
        await session.Commit(ct);
    }

    async Task<TimeSpan> UntilNextDue(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var next = await outbox.NextDue(session, ct);
        await session.Commit(ct);
        var wait = next is { } due ? TimeSpan.FromMilliseconds(Math.Clamp(due - time.Milliseconds(), 0, (long)IdleWait.TotalMilliseconds)) : IdleWait;
        return wait;
    }
}
