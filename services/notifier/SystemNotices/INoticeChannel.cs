using Sigma.Notifier.Channels;

namespace Sigma.Notifier.SystemNotices;

/// <summary>A channel that can also say what is not about an alert.</summary>
internal interface INoticeChannel : IChannel
{
    /// <summary>Whether it is set up for that.</summary>
    bool SendsNotices { get; }

    /// <summary>Says it within <see cref="IChannel.CallLimit"/>. Any exception is a failure, as with <see cref="IChannel.Send"/>.</summary>
    Task SendNotice(NoticeContent notice, CancellationToken ct);
}

/// <summary>What a notice is to say on its channel.</summary>
/// <param name="Subject">What it is about: a warning and its all-clear have the same.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">In WhatsApp's markup.</param>
internal sealed record NoticeContent(Guid Subject, NoticeKind Kind, string Text);
