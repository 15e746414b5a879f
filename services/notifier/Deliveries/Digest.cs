namespace Sigma.Notifier.Deliveries;

/// <summary>Many alerts in one message, ready to be sent.</summary>
/// <param name="Alerts">How many of those given are in it, from the first on.</param>
/// <param name="Send">The call. Any exception is a failure, as of a single one.</param>
internal sealed record Digest(int Alerts, Func<CancellationToken, Task<Receipt>> Send);
