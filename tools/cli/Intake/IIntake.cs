using Sigma.Gateway.Intake;

namespace Sigma.Cli.Intake;

/// <summary>What was delivered to the gateway, and what was understood of it.</summary>
internal interface IIntake
{
    /// <summary>Deliveries, the oldest first, page by page.</summary>
    /// <param name="integration">Of this integration; null for all.</param>
    /// <param name="state">In this state; null for all.</param>
    /// <param name="after">Those after this number; null from the first on.</param>
    /// <param name="top">So many at most.</param>
    /// <param name="ct">Ends it.</param>
    IAsyncEnumerable<IReadOnlyList<ListedDelivery>> List(string? integration, string? state, long? after, int top, CancellationToken ct);

    /// <summary>One with all that came; null when there is none.</summary>
    Task<ShownDelivery?> Find(long number, CancellationToken ct);

    /// <summary>Has a gateway read it again: how it is then, still <c>replay</c> when none has yet; null when there is none.</summary>
    Task<ListedDelivery?> Replay(long number, CancellationToken ct);
}

/// <summary>A delivery.</summary>
internal sealed record ListedDelivery
{
    /// <summary>By which it is asked for.</summary>
    public required long Number { get; init; }

    public required Guid Delivery { get; init; }

    public required string Integration { get; init; }

    public required string Kind { get; init; }

    /// <summary>Method and path, without key.</summary>
    public required string Via { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string State { get; init; }

    public string? Place { get; init; }

    public string? Reason { get; init; }

    public int Items { get; init; }

    public int Duplicates { get; init; }

    public IReadOnlyList<UnderstoodItem> Understood { get; init; } = [];

    /// <summary>What it says, in a line.</summary>
    public string Says => Reason is { } reason ? $"{Place} {reason}".Trim()
        : string.Join("; ", Understood.Take(3).Select(item => $"{item.State} {item.Title ?? item.ExternalId}"))
            + (Items > 3 ? $"; and {Items - 3} more" : "");
}

/// <summary>A delivery with all that came.</summary>
/// <param name="Delivery">It.</param>
/// <param name="Headers">The request's, without secrets.</param>
/// <param name="Body">The body as text.</param>
internal sealed record ShownDelivery(ListedDelivery Delivery, IReadOnlyDictionary<string, string> Headers, string Body);
