using Microsoft.Extensions.Options;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Receivers;
using Sigma.Storage;

namespace Sigma.Notifier.SystemNotices;

/// <summary>Which channels are to say a notice: those of the first receiver that can.</summary>
internal sealed class NoticePlan(ReceiverSet receivers, NoticeTable notices, IOptions<NotifierOptions> options)
{
    readonly Dictionary<string, INoticeChannel> _channels = receivers.Default.OfType<INoticeChannel>().ToDictionary(c => c.Name);

    /// <summary>The channels that say notices.</summary>
    public IEnumerable<INoticeChannel> Channels => _channels.Values.Where(c => c.SendsNotices);

    /// <summary>One row for each of them; <paramref name="said"/> names those that have said it already.</summary>
    public async Task Add(DbSession session, Guid subject, NoticeKind kind, string says, CancellationToken ct, IReadOnlySet<string>? said = null)
    {
        foreach (var channel in Channels)
            await notices.Add(session, subject, kind, channel.Name, says, said?.Contains(channel.Name) == true, options.Value.Deliveries.GiveUpAfter,
                ct);
        await notices.Forget(session, options.Value.Retention.Deliveries, ct);
    }

    /// <summary>The channel; null when it says none.</summary>
    public INoticeChannel? ChannelOf(Notice notice) => _channels.GetValueOrDefault(notice.Channel) is { SendsNotices: true } channel ? channel : null;
}
