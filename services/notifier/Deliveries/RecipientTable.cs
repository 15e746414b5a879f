using Microsoft.Extensions.Options;
using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>The recipients, as stored. Their row is locked before any delivery's, so that two notifiers never wait for each other.</summary>
internal sealed class RecipientTable(IOptions<NotifierOptions> options, TimeProvider time)
{
    /// <summary>The channel's recipient, locked.</summary>
    public async Task<Recipient> Lock(DbSession session, IChannel channel, CancellationToken ct)
    {
        if (await Find(session, channel, ct) is { } known)
        {
            known.ResetImplausible(channel.Options, options.Value.Deliveries.LongestWait, time.Milliseconds());
            return known;
        }
        await session.Execute($"{session.Dialect.InsertIgnore} into notifier_recipients(channel, recipient) values(@Name, @key)",
            new { channel.Name, key = KeyOf(channel) }, ct);
        return (await Find(session, channel, ct))!;
    }

    public Task Save(DbSession session, Recipient recipient, CancellationToken ct) => session.Execute(
        """
        update notifier_recipients set free_at = @FreeAt, held_until = @HeldUntil, failures = @Failures, reason = @Reason, wake_at = @WakeAt
        where channel = @Channel and recipient = @Id
        """, recipient, ct); // primary key

    /// <summary>Until when nothing is sent to the channel's recipient; read without waiting for its lock.</summary>
    public Task<long?> HeldUntil(DbSession session, IChannel channel, CancellationToken ct) => session.First<long?>(
        // primary key
        "select held_until from notifier_recipients where channel = @Name and recipient = @key", new { channel.Name, key = KeyOf(channel) },
        ct);

    /// <summary>The same for the same recipient, who cannot be read from it.</summary>
    public static Guid KeyOf(IChannel channel) => Ids.From("recipient", channel.Name, channel.Recipient);

    static Task<Recipient?> Find(DbSession session, IChannel channel, CancellationToken ct) => session.First<Recipient>(
        $"""
        select channel Channel, recipient Id, free_at FreeAt, held_until HeldUntil, failures Failures, reason Reason, wake_at WakeAt
        from notifier_recipients where channel = @Name and recipient = @key {session.Dialect.ForUpdate}
        """, new { channel.Name, key = KeyOf(channel) }, ct); // primary key
}
