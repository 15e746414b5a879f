namespace Sigma.Storage.Outbox;

/// <summary>Whose rows of the outbox a process writes and relays: the name of the service.</summary>
/// <param name="Name">At most 32 characters.</param>
/// <param name="KeepUntilConsumed">
/// For a transport that forgets its messages when the process ends: a row stays until its message was consumed, so a restart sends it again.
/// </param>
public sealed record OutboxOwner(string Name, bool KeepUntilConsumed = false);
