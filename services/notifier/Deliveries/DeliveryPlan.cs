using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Routing;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Adds a delivery for each integration that is told of an alert.</summary>
internal sealed class DeliveryPlan(ReceiverSet receivers, ReceiverChoice choice, DeliveryTable deliveries, DeliveryQueue queue,
    IOptions<NotifierOptions> options)
{
    /// <summary>One delivery, and the message that has it tried, for each that wants to know. What is there already stays as it is.</summary>
    public async Task Add(DbSession session, Guid alert, string kind, AlertFacts facts, CancellationToken ct)
    {
        var told = kind == DeliveryKind.Cleared ? await deliveries.OfRaise(session, alert, ct) : [];
        var channels = Told(told) ?? choice.Of(facts);
        if (facts.IsDrill)
            await AddDrill(session, alert, kind, told.Count > 0 ? channels : Wanted(channels, facts.Labels), ct);
        else
            await AddAlert(session, alert, kind, facts, channels, ct);
        // Another notifier may have their settings already; where none has, the sweep says so.
        foreach (var gone in told.Where(name => receivers.Find(name) is null))
            await deliveries.Add(session, alert, kind, gone, options.Value.Deliveries.GiveUpAfter, ct);
    }

    // Who cannot be told has a row too, which says why.
    async Task AddAlert(DbSession session, Guid alert, string kind, AlertFacts facts, IEnumerable<IChannel> channels, CancellationToken ct)
    {
        foreach (var channel in channels.Where(c => c.Options.Enabled && (kind == DeliveryKind.Raised || c.Options.OnClear)))
            await Add(session, alert, kind, channel, channel.Obstacle(facts.Source, facts.Labels),
                options.Value.Deliveries.GiveUpAfter, ct);
    }

    /// <summary>The same for the channels the drill is for: who asked for it is told why one cannot be tried.</summary>
    async Task AddDrill(DbSession session, Guid alert, string kind, IEnumerable<IChannel> channels, CancellationToken ct)
    {
        foreach (var channel in channels.Where(c => kind == DeliveryKind.Raised || c.Options.OnClear))
            await Add(session, alert, kind, channel, channel.Options.Enabled ? channel.DrillObstacle : "the channel is switched off", Drill.Life, ct);
    }

    async Task Add(DbSession session, Guid alert, string kind, IChannel channel, string? obstacle, TimeSpan giveUpAfter, CancellationToken ct)
    {
        if (!await deliveries.Add(session, alert, kind, channel.Name, giveUpAfter, ct))
            return;
        var id = DeliveryTable.IdOf(alert, kind, channel.Name);
        if (obstacle is not null)
            await deliveries.Settle(session, [new Delivery { DeliveryKey = id.Bytes() }], DeliveryState.Skipped, obstacle, null, ct);
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
