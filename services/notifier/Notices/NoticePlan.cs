using Microsoft.Extensions.Options;
using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Notices;

/// <summary>Which channels are to say a notice.</summary>
internal sealed class NoticePlan(IEnumerable<IChannel> channels, NoticeTable notices, IOptions<NotifierOptions> options)
{
    readonly Dictionary<string, INoticeChannel> _channels = channels.OfType<INoticeChannel>().ToDictionary(c => c.Name);

    /// <summary>One row for each channel that says notices.</summary>
    public async Task Add(DbSession session, Guid subject, string kind, string says, CancellationToken ct)
    {
        foreach (var channel in _channels.Values.Where(c => c.SaysNotices))
            await notices.Add(session, subject, kind, channel.Name, says, options.Value.Deliveries.GiveUpAfter, ct);
        await notices.Forget(session, options.Value.Retention.Deliveries, ct);
    }

    /// <summary>The channel; null when it says none.</summary>
    public INoticeChannel? ChannelOf(Notice notice) => _channels.GetValueOrDefault(notice.Channel) is { SaysNotices: true } channel ? channel : null;
}
