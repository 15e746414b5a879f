using Microsoft.Extensions.Options;
using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Which channels are to be told.</summary>
internal sealed class DeliveryPlan(IEnumerable<IChannel> channels, DeliveryTable deliveries, DeliveryQueue queue, IOptions<NotifierOptions> options)
{
    /// <summary>One delivery, and the message that has it tried, for each channel that wants to know. What is there already stays as it is.</summary>
    public async Task Add(DbSession session, Guid alert, string kind, CancellationToken ct)
    {
        foreach (var channel in channels.Where(c => c.Options.Enabled && (kind == DeliveryKind.Raised || c.Options.OnClear)))
            if (await deliveries.Add(session, alert, kind, channel.Name, options.Value.Deliveries.GiveUpAfter, ct))
                await queue.Send(session, DeliveryTable.IdOf(alert, kind, channel.Name), alert, channel.Name, 0, TimeSpan.Zero, ct);
    }
}
