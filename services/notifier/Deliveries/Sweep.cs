using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Notifier.Receivers;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>
/// A lost message is never a lost delivery: what is overdue is sent to its channel again. What is for an integration that is in the settings no more
/// is done with.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class Sweep(Database database, DeliveryTable deliveries, RecipientQueue recipientQueue, DeliveryQueue queue,
    ReceiverSet receivers, DeliveryLog deliveryLog, IOptions<NotifierOptions> options, IHostApplicationLifetime host, ILogger<Sweep> log)
    : RepeatedJob("Overdue deliveries cannot be looked for", host, log)
{
    public const int Batch = 200;

    // Notifiers with other settings than ours, which are about to be ours, may take them until then.
    static readonly TimeSpan OthersMayHaveIt = TimeSpan.FromMinutes(15);

    // Behind a long queue a delivery is overdue without being lost; it gets another message only this often.
    static readonly TimeSpan NotAgainFor = TimeSpan.FromMinutes(10);

    public override Task Run(CancellationToken ct) => SendAgain(ct);

    /// <returns>How many messages were sent again.</returns>
    public async Task<int> SendAgain(CancellationToken ct)
    {
        await SettleOrphans(ct);
        var sent = await Overdue(ct);
        foreach (var channel in receivers.Channels)
            sent += await recipientQueue.WakeOverdue(channel, options.Value.Deliveries.OverdueAfter, ct) ? 1 : 0;
        return sent;
    }

    async Task<int> Overdue(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var overdue = options.Value.Deliveries.OverdueAfter;
        var lost = await deliveries.TakeOverdue(session, receivers.Channels.Select(c => c.Name), overdue, NotAgainFor, Batch, ct);
        foreach (var delivery in lost)
            await queue.Send(session, receivers.Find(delivery.Channel)!, delivery, TimeSpan.Zero, ct);
        await queue.Commit(session, ct);
        if (lost.Count > 0)
            log.LogInformation("{Count} deliveries are overdue, retrying them", lost.Count);
        return lost.Count;
    }

    // Read without locks, and looked at again under theirs: there are hardly ever any.
    async Task SettleOrphans(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        DeliveryResult gone = new(DeliveryState.Skipped, "no receiver has this integration any more");
        foreach (var found in await deliveries.Orphans(session, receivers.Channels.Select(c => c.Name), OthersMayHaveIt, Batch, ct))
            if ((await deliveries.Lock(session, found.AlertId, found.Channel, found.Kind, ct)).Of(found.Id) is { IsOpen: true } orphan)
            {
                await deliveries.Settle(session, [orphan], gone.State, gone.Reason, null, ct);
                session.AfterCommit(() => deliveryLog.Settled(orphan, null, gone));
            }
        await session.Commit(ct);
    }
}
