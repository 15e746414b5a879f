using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Decisions;
using Sigma.Notifier.Holds;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Routing;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Adds a delivery for each integration that is told of an alert.</summary>
internal sealed class DeliveryPlan(ReceiverSet receivers, ReceiverChoice choice, PolicyInForce policies, HoldBook book, HeldDeliveries held,
    AlertHistory history, DecisionTable decisions, Settlement settlement, DeliveryTable deliveries, DeliveryQueue queue,
    IOptions<NotifierOptions> options, TimeProvider time)
{
    /// <summary>One delivery, and the message that has it tried, for each that wants to know. What is there already stays as it is.</summary>
    public async Task Add(DbSession session, Guid alert, string kind, AlertFacts facts, CancellationToken ct)
    {
        var told = kind == DeliveryKind.Cleared ? await deliveries.OfRaise(session, alert, ct) : [];
        var routes = (await policies.Read(session, ct)).Routes;
        var channels = Told(told) ?? choice.Of(routes, facts);
        if (facts.IsDrill)
            await AddDrill(session, alert, kind, told.Count > 0 ? channels : Wanted(channels, facts.Labels), ct);
        else
            await AddAlert(session, alert, kind, facts, routes, channels, ct);
        // Another notifier may have their settings already; where none has, the sweep says so.
        foreach (var gone in told.Where(name => receivers.Find(name) is null))
            await deliveries.Add(session, alert, kind, gone, options.Value.Deliveries.GiveUpAfter, ct);
    }

    // Who cannot be told has a row too, which says why.
    async Task AddAlert(DbSession session, Guid alert, string kind, AlertFacts facts, RouteBook routes, IEnumerable<IChannel> channels,
        CancellationToken ct)
    {
        if (kind == DeliveryKind.Raised && ReceiverChoice.Reason(routes, facts) is { } reason)
            await decisions.AddOnce(session, new(alert, DecisionKind.Routed, null, reason), ct);
        var holds = kind == DeliveryKind.Raised ? await book.ReadFor(session, facts, ct) : null;
        foreach (var channel in channels.Where(c => c.Options.Enabled && (kind == DeliveryKind.Raised || c.Options.OnClear)))
            await Add(session, alert, kind, channel, channel.Obstacle(facts.Source, facts.Labels), options.Value.Deliveries.GiveUpAfter, ct,
                holds?.Of(alert, facts, channel.Integration.Receiver, time.GetUtcNow()));
    }

    /// <summary>
    /// Tells a receiver of an alert that nobody has taken on: of the alert itself where it is not told, else once more. Where it is just being told,
    /// or cannot be, there is nothing to add: who gets no raise gets no clear.
    /// </summary>
    /// <param name="session">In which the alert's row is locked.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="step">The step, from 1.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <returns>The channels on which there is something to tell.</returns>
    public async Task<IReadOnlyList<string>> Escalate(DbSession session, Guid alert, AlertFacts facts, string receiver, int step,
        CancellationToken ct)
    {
        List<string> told = [];
        foreach (var channel in receivers.Of(receiver).Where(c => c.Options.Enabled && c.Obstacle(facts.Source, facts.Labels) is null))
        {
            var raise = await deliveries.LockRaise(session, alert, channel.Name, ct);
            switch (raise?.State)
            {
                case null:
                    await Add(session, alert, DeliveryKind.Raised, channel, null, options.Value.Deliveries.GiveUpAfter, ct, step: step);
                    break;
                case DeliveryState.Held: // by its hours, for nothing else holds the alert
                    await deliveries.SetEscalation(session, raise, step, ct);
                    await held.Release(session, channel, raise, ct);
                    break;
                case DeliveryState.Sent or DeliveryState.Uncertain:
                    await Add(session, alert, DeliveryKind.OfStep(step), channel, null, options.Value.Deliveries.GiveUpAfter, ct, step: step);
                    break;
                default:
                    continue;
            }
            told.Add(channel.Name);
        }
        return told;
    }

    /// <summary>Tells that somebody has taken it on, where that is said and the alert itself is told; once.</summary>
    public async Task Acknowledge(DbSession session, Guid alert, CancellationToken ct)
    {
        if (!receivers.Channels.Any(channel => channel.Options.TellsAcknowledgements)
            || await history.Find(session, alert, ct) is not { AcknowledgedAt: not null, ClearedAt: null, IsDrill: false })
            return;
        foreach (var channel in (await deliveries.OfRaise(session, alert, ct)).Select(receivers.Find).OfType<IChannel>())
            if (channel.Options is { Enabled: true, TellsAcknowledgements: true })
                await Add(session, alert, DeliveryKind.Acknowledged, channel, null, options.Value.Deliveries.GiveUpAfter, ct);
    }

    /// <summary>
    /// Tells an alert once more to the people who were told of it before its snooze ended and have nothing else of it before them.
    /// </summary>
    /// <returns>The integrations that are told.</returns>
    public async Task<IReadOnlyList<string>> Remind(DbSession session, Guid alert, AlertFacts facts, int number, long before,
        CancellationToken ct)
    {
        var holds = (await book.Read(session, ct)).WithoutSnoozeOf(alert);
        List<string> told = [];
        foreach (var ofChannel in (await deliveries.OfAlert(session, alert, ct)).GroupBy(delivery => delivery.Channel))
            if (receivers.Find(ofChannel.Key) is { Options: { Enabled: true, TakesReminders: true } } channel
                && ofChannel.Any(delivery => delivery is { Kind: DeliveryKind.Raised, State: DeliveryState.Sent or DeliveryState.Uncertain }
                    && delivery.SettledAt <= before)
                && !ofChannel.Any(delivery => delivery.IsOpen))
            {
                await Add(session, alert, DeliveryKind.OfReminder(number), channel, null, options.Value.Deliveries.GiveUpAfter, ct,
                    holds.Of(alert, facts, channel.Integration.Receiver, time.GetUtcNow()));
                told.Add(channel.Name);
            }
        return told;
    }

    /// <summary>The same for the channels the drill is for: who asked for it is told why one cannot be tried.</summary>
    async Task AddDrill(DbSession session, Guid alert, string kind, IEnumerable<IChannel> channels, CancellationToken ct)
    {
        foreach (var channel in channels.Where(c => kind == DeliveryKind.Raised || c.Options.OnClear))
            await Add(session, alert, kind, channel, channel.Options.Enabled ? channel.DrillObstacle : "the channel is switched off", Drill.Life, ct);
    }

    async Task Add(DbSession session, Guid alert, string kind, IChannel channel, string? obstacle, TimeSpan giveUpAfter, CancellationToken ct,
        Hold? hold = null, int? step = null)
    {
        if (!await deliveries.Add(session, alert, kind, channel.Name, giveUpAfter, ct, step))
            return;
        var id = DeliveryTable.IdOf(alert, kind, channel.Name);
        Delivery added = new()
        {
            Id = id, AlertId = alert, Kind = kind, Channel = channel.Name, State = DeliveryState.Pending,
        };
        if (obstacle is not null)
            await deliveries.Settle(session, [added], DeliveryState.Skipped, obstacle, null, ct);
        else if (hold is not null && (await history.Find(session, alert, ct))?.ClearedAt is not null)
        {
            DeliveryResult over = new(DeliveryState.Skipped, HeldDeliveries.OverWhile(hold.Reason));
            await decisions.Add(session, new(alert, DecisionKind.Over, channel.Name, over.Reason!), ct);
            await settlement.Settle(session, channel, [new(added, null, await deliveries.Lock(session, alert, channel.Name, kind, ct))], over, ct);
        }
        else if (hold is not null)
            await held.Hold(session, added, hold, ct);
        else
            await queue.Send(session, channel, id, alert, 0, TimeSpan.Zero, ct);
    }

    // Who got the raise gets the clear, whoever would be told today; null where nobody has been told yet.
    IEnumerable<IChannel>? Told(IReadOnlyCollection<string> told) => told.Count > 0 ? told.Select(receivers.Find).OfType<IChannel>() : null;

    IEnumerable<IChannel> Wanted(IEnumerable<IChannel> chosen, IReadOnlyDictionary<string, string> labels)
    {
        var wanted = labels.GetValueOrDefault(Drill.ChannelsLabel, Drill.AllChannels);
        return wanted == Drill.AllChannels ? chosen : receivers.Channels.IntersectBy(wanted.Split(',', StringSplitOptions.TrimEntries), c => c.Name);
    }
}
