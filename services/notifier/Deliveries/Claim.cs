namespace Sigma.Notifier.Deliveries;

/// <summary>The deliveries claimed for one call: one, or several as a digest.</summary>
internal sealed record Claim(IReadOnlyList<ClaimedDelivery> Parts)
{
    public ClaimedDelivery First => Parts[0];

    public bool IsDigest => Parts.Count > 1;

    /// <summary>Whether it is a drill's, which never shares a message.</summary>
    public bool IsDrill => First.Content.Episode.IsDrill;

    public IReadOnlyList<DeliveryContent> Contents => [.. Parts.Select(p => p.Content)];
}

/// <summary>A delivery this notifier has claimed.</summary>
/// <param name="Delivery">As it was before.</param>
/// <param name="Attempt">The try this is.</param>
/// <param name="Content">What is to be said.</param>
/// <param name="Until">When the claim runs out; milliseconds since 1970.</param>
internal sealed record ClaimedDelivery(Delivery Delivery, int Attempt, DeliveryContent Content, long Until = 0)
{
    /// <summary>Whether it is still ours: another notifier may have claimed it after the claim expired.</summary>
    public bool IsStillIn(Delivery now) => now.State == DeliveryState.Sending && now.Attempts == Attempt;
}
