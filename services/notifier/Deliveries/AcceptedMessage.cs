namespace Sigma.Notifier.Deliveries;

/// <summary>
/// A message that the vendor has taken, and of which it is still to say what became: it is asked about and never sent again. Until then it is in the
/// delivery's receipt.
/// </summary>
/// <param name="Id">The vendor's name for it.</param>
/// <param name="SaysBoth">Whether it says that the alert is over as well.</param>
internal sealed record AcceptedMessage(string Id, bool SaysBoth)
{
    const string Both = " +cleared";

    public static AcceptedMessage? Read(string? receipt) => receipt is not { Length: > 0 } ? null
        : receipt.EndsWith(Both, StringComparison.Ordinal) ? new(receipt[..^Both.Length], true) : new(receipt, false);

    /// <summary>As a receipt.</summary>
    public override string ToString() => SaysBoth ? Id + Both : Id;
}
