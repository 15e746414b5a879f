using Sigma.Notifier.Deliveries;

namespace Sigma.Cli.Deliveries;

/// <summary>The deliveries there are, and a person's word about them.</summary>
internal interface IDeliveries
{
    /// <summary>The newest that fit.</summary>
    /// <param name="states">In one of these; in any when there are none.</param>
    /// <param name="channel">On this channel, or on any.</param>
    /// <param name="ids">With one of these ids, or of an alert with one of them; any when there are none.</param>
    /// <param name="most">So many.</param>
    /// <param name="ct">Ends it.</param>
    Task<IReadOnlyList<KnownDelivery>> Find(IReadOnlyCollection<DeliveryState> states, string? channel, IReadOnlyCollection<Guid> ids, int most,
        CancellationToken ct);

    /// <summary>Whom a channel tells, by its name, as it may be shown.</summary>
    Task<IReadOnlyDictionary<string, string?>> Recipients(CancellationToken ct);

    /// <summary>Sends one again that has failed or is uncertain; false when it is neither any more.</summary>
    Task<bool> Retry(KnownDelivery delivery, string by, CancellationToken ct);

    /// <summary>Has one fail that waits, is held or is uncertain; false when it is none of these.</summary>
    Task<bool> GiveUp(Guid delivery, string by, CancellationToken ct);

    /// <summary>Says of one that is uncertain whether it arrived; false when it is not uncertain.</summary>
    Task<bool> Settle(Guid delivery, bool arrived, string by, CancellationToken ct);

    /// <summary>How long a notifier may take to begin with the last of so many; null where that is not known.</summary>
    TimeSpan? TakenWithin(int deliveries);
}

/// <summary>A delivery with what its alert is about.</summary>
internal sealed record KnownDelivery
{
    public required Guid Id { get; init; }
    public required Guid AlertId { get; init; }
    public required string Kind { get; init; }
    public required string Channel { get; init; }
    public required DeliveryState State { get; init; }
    public required int Attempts { get; init; }
    public required string? Reason { get; init; }
    public required string? Receipt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? SettledAt { get; init; }
    public required string? Rule { get; init; }
    public required string? AccountCode { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
