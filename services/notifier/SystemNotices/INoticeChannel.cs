using Sigma.Notifier.Channels;

namespace Sigma.Notifier.SystemNotices;

/// <summary>A channel that can also say what is not about an alert.</summary>
internal interface INoticeChannel : IChannel
{
    /// <summary>Whether it is set up for that.</summary>
    bool SendsNotices { get; }

    /// <summary>Says it within <see cref="IChannel.CallLimit"/>. Any exception is a failure, as with <see cref="IChannel.Send"/>.</summary>
    Task SendNotice(string notice, CancellationToken ct);
}
