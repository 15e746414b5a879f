using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Adds a delivery for each channel of an alert.</summary>
internal sealed class DeliveryPlan(IEnumerable<IChannel> channels, DeliveryTable deliveries, DeliveryQueue queue, IOptions<NotifierOptions> options)
{
    /// <summary>One delivery, and the message that has it tried, for each channel that wants to know. What is there already stays as it is.</summary>
    public async Task Add(DbSession session, Guid alert, string kind, string source, IReadOnlyDictionary<string, string> labels, CancellationToken ct)
    {
        if (Drill.Is(source))
        {
            await AddDrill(session, alert, kind, labels.GetValueOrDefault(Drill.ChannelsLabel, Drill.AllChannels), ct);
            return;
        }
        foreach (var channel in channels.Where(c => c.Options.Enabled && (kind == DeliveryKind.Raised || c.Options.OnClear)))
            if (await deliveries.Add(session, alert, kind, channel.Name, options.Value.Deliveries.GiveUpAfter, ct))
                await queue.Send(session, DeliveryTable.IdOf(alert, kind, channel.Name), alert, channel.Name, 0, TimeSpan.Zero, ct);
    }

    /// <summary>
    /// The same for the channels the drill is for. One that cannot be tried has a row too, which says why: who asked for the drill is told.
    /// </summary>
    async Task AddDrill(DbSession session, Guid alert, string kind, string wanted, CancellationToken ct)
    {
        foreach (var channel in channels.Where(c => IsIn(wanted, c.Name) && (kind == DeliveryKind.Raised || c.Options.OnClear)))
        {
            var id = DeliveryTable.IdOf(alert, kind, channel.Name);
            var obstacle = channel.Options.Enabled ? channel.DrillObstacle : "the channel is switched off";
            if (!await deliveries.Add(session, alert, kind, channel.Name, Drill.Life, ct))
                continue;
            if (obstacle is not null)
                await deliveries.Settle(session, [new Delivery { DeliveryKey = id.Bytes() }], DeliveryState.Skipped, obstacle, null, ct);
            else
                await queue.Send(session, id, alert, channel.Name, 0, TimeSpan.Zero, ct);
        }
    }

    static bool IsIn(string wanted, string channel) =>
        wanted == Drill.AllChannels || wanted.Split(',', StringSplitOptions.TrimEntries).Contains(channel);
}
