using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Decisions;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Storage;

namespace Sigma.Notifier.Holds;

/// <summary>
/// Looks at what is held when its hold should have ended, and at all of it when what can hold has changed: a silence was ended, the alert that
/// inhibits is over. Any number of notifiers may look.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class HeldSweep(Database database, DeliveryTable deliveries, HeldTable table, AlertHistory history, HoldBook book,
    HeldDeliveries held, Settlement settlement, DecisionTable decisions, DeliveryQueue queue, ReceiverSet receivers, TimeProvider time,
    IHostApplicationLifetime host, ILogger<HeldSweep> log)
    : RepeatedJob("What is held cannot be looked at", host, log)
{
    const int Batch = 200;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<HeldSweep>(trigger => trigger
        .WithIdentity("notifier.held")
        .StartNow()
        .WithSimpleSchedule(schedule => schedule.WithInterval(Every).RepeatForever()));

    public override async Task Run(CancellationToken ct)
    {
        await WakeIfChanged(ct);
        while (await Look(ct) == Batch)
        {
            // there may be more
        }
    }

    async Task WakeIfChanged(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var holds = await book.ReadNow(session, ct);
        if (book.HasChanged(holds))
            await table.Wake(session, ct);
        await session.Commit(ct);
        book.Looked(holds);
    }

    // Read without locks, and looked at again under theirs; each channel by itself, for the end of an alert locks the rows of all of them.
    async Task<int> Look(CancellationToken ct)
    {
        var due = await HeldAndDue(ct);
        foreach (var ofChannel in due.GroupBy(delivery => delivery.Channel))
            await Look(ofChannel.Key, [.. ofChannel], ct);
        return due.Count;
    }

    async Task<List<Delivery>> HeldAndDue(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await table.Due(session, receivers.Channels.Select(channel => channel.Name), Batch, ct);
    }

    async Task Look(string name, IReadOnlyCollection<Delivery> due, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var holds = await book.Read(session, ct);
        var channel = receivers.Find(name)!;
        var now = time.GetUtcNow();
        var pairs = await deliveries.Lock(session, due.Select(delivery => delivery.AlertId), name, due.Select(delivery => delivery.Kind), ct);
        var episodes = await history.Find(session, pairs.Keys, ct);
        foreach (var found in due)
        {
            var (alert, pair) = (found.AlertId, pairs[found.AlertId]);
            if (pair.Of(found.Id) is not { State: DeliveryState.Held } own || own.DueAt > now.ToUnixTimeMilliseconds())
                continue;
            var episode = episodes.GetValueOrDefault(alert);
            if (episode is null or { ClearedAt: not null })
            {
                var reason = HeldDeliveries.OverWhile(own.Reason);
                await settlement.Settle(session, channel, [new(own, DeliveryContent.Of(own, episode), pair)], new(DeliveryState.Skipped, reason), ct);
                await decisions.Add(session, new(alert, DecisionKind.Over, name, reason), ct);
            }
            else if (HeldDeliveries.Find(holds, channel, own, episode, now) is { } hold)
                await held.Hold(session, own, hold, ct);
            else
                await held.Release(session, channel, own, ct);
        }
        await queue.Commit(session, ct);
    }
}
