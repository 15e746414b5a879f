using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Drills;

/// <summary>Asks the services about drills, by their internal APIs. Every failure is a <see cref="ServiceException"/>.</summary>
internal sealed class DrillClient(ServiceCalls fetcher, ServiceCalls evaluator, ServiceCalls notifier)
{
    /// <summary>Asks for one; one that is asked for again is the same.</summary>
    public Task<OrderedDrill> Order(Guid drill, string channels, string by, CancellationToken ct) => fetcher.Send<OrderedDrill>(HttpMethod.Post,
        "internal/fetcher/drills", new { drillId = drill, by, channels }, null, null, ct);

    /// <summary>How far the fetcher is; null when there is no such drill.</summary>
    public Task<OrderedDrill?> Find(Guid drill, CancellationToken ct) => fetcher.Find<OrderedDrill>($"internal/fetcher/drills/{drill}", ct);

    /// <summary>Nobody looks at it any more.</summary>
    public Task End(Guid drill, string outcome, CancellationToken ct) =>
        fetcher.Post($"internal/fetcher/drills/{drill}/end", new { outcome }, ct);

    /// <summary>How far the evaluator is.</summary>
    public Task<EvaluatedDrill> Evaluated(Guid drill, string channels, CancellationToken ct) =>
        evaluator.Get<EvaluatedDrill>(new RequestPath($"internal/evaluator/drills/{drill}").With("channels", channels).ToString(), ct);

    /// <summary>How far the notifier is; null when its alert has not come.</summary>
    public Task<ToldDrill?> Told(Guid drill, CancellationToken ct) => notifier.Find<ToldDrill>($"internal/notifier/drills/{drill}", ct);
}

/// <summary>A drill that was asked for.</summary>
public sealed record OrderedDrill
{
    /// <summary>Its identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who wanted it.</summary>
    public string By { get; init; } = "";

    /// <summary>For which integrations.</summary>
    public string Channels { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When a fetcher took it.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>When its events were with the broker.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When the time was published by which it is cleared.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When nobody looked at it any more.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it could not be published.</summary>
    public string? Reason { get; init; }
}

/// <summary>How far the evaluator is with a drill.</summary>
/// <param name="Stored">Events stored.</param>
/// <param name="IsRaised">Whether its alert is raised now.</param>
/// <param name="IsCleared">Whether it was cleared.</param>
public sealed record EvaluatedDrill(int Stored, bool IsRaised, bool IsCleared);

/// <summary>How far the notifier is with a drill.</summary>
/// <param name="IsRaised">Whether it has its alert.</param>
/// <param name="IsCleared">Whether it has its end.</param>
/// <param name="Deliveries">What was or is to be said of it.</param>
public sealed record ToldDrill(bool IsRaised, bool IsCleared, IReadOnlyList<DrillDelivery> Deliveries);

/// <summary>A delivery of a drill.</summary>
/// <param name="Channel">The integration.</param>
/// <param name="Kind">What it says: that it is raised, or cleared.</param>
/// <param name="State">How far it is.</param>
/// <param name="Reason">Why it failed or was left out.</param>
/// <param name="Receipt">The vendor's name for it.</param>
public sealed record DrillDelivery(string Channel, string Kind, string State, string? Reason, string? Receipt);
