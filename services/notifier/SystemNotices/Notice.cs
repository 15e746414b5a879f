using Sigma.Notifier.Channels;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.SystemNotices;

/// <summary>What is to be said on one channel that is not about an alert, and how far that has come. States are those of a delivery.</summary>
internal sealed class Notice
{
    public Guid Id { get; init; }
    public Guid Subject { get; init; }
    public string StoredKind { get; init; } = "";
    public string Channel { get; init; } = "";
    public string Says { get; init; } = "";
    public DeliveryState State { get; init; }
    public int Attempts { get; init; }
    public string? Reason { get; init; }

    /// <summary>When it is due; while it is being sent, when the claim on it runs out.</summary>
    public long NextAttemptAt { get; init; }

    public long GiveUpAt { get; init; }

    public NoticeKind Kind => StoredName.Parse<NoticeKind>(StoredKind);

    public NoticeContent Content => new(Subject, Kind, Says);

    /// <summary>What is to be done about this one, which is due.</summary>
    /// <param name="others">The other notices on the same subject and channel.</param>
    /// <param name="channel">The channel; null when it says no notices.</param>
    /// <param name="now">As stored.</param>
    public NextNotice Next(IReadOnlyCollection<Notice> others, ChannelOptions? channel, long now)
    {
        if (channel is null)
            return new NextNotice.Settle(DeliveryState.Skipped, "the channel is switched off");
        if (Kind == NoticeKind.Warning && others.Any(o => o.Kind == NoticeKind.AllClear))
            return new NextNotice.Settle(DeliveryState.Skipped, "it was over before it could be delivered");
        if (Kind == NoticeKind.AllClear
            && others.FirstOrDefault(o => o.Kind == NoticeKind.Warning && o.State == DeliveryState.Sending && o.NextAttemptAt > now) is { } first)
            return new NextNotice.Wait(TimeSpan.FromMilliseconds(first.NextAttemptAt - now));
        if (State == DeliveryState.Sending && channel.InDoubt == WhenUncertain.AskAPerson)
            return new NextNotice.Settle(DeliveryState.Uncertain, "the notifier stopped in the middle of the call");
        if (now >= GiveUpAt)
            return new NextNotice.Settle(DeliveryState.Failed, $"given up after {Attempts} tries; the last one: {Reason ?? "none"}");
        return new NextNotice.Send();
    }
}

/// <summary>What is to be done about a notice that is due.</summary>
internal abstract record NextNotice
{
    public sealed record Send : NextNotice;

    /// <summary>The one before it is being said.</summary>
    public sealed record Wait(TimeSpan For) : NextNotice;

    /// <summary>There is nothing to say.</summary>
    public sealed record Settle(DeliveryState State, string Reason) : NextNotice;
}

/// <summary>Kinds of notices. Stored by their names in small letters.</summary>
internal enum NoticeKind
{
    /// <summary>Something is wrong.</summary>
    Warning,

    /// <summary>It is over. Says all there is to say also to who did not hear the warning.</summary>
    AllClear,
}
