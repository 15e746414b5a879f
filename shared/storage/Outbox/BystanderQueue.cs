namespace Sigma.Storage.Outbox;

/// <summary>
/// A queue whose consumer has other ways to learn what it missed: that it has finished a message does not say that the message has reached whom it is
/// for; see <see cref="OutboxOwner.KeepUntilConsumed"/>.
/// </summary>
/// <param name="Name">The queue's.</param>
public sealed record BystanderQueue(string Name);
