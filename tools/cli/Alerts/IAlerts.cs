using Sigma.Evaluator.Queries;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Alerts;

/// <summary>The alerts there are.</summary>
internal interface IAlerts
{
    /// <summary>Those that are raised, the newest first.</summary>
    Task<IReadOnlyList<RaisedAlert>> Raised(string? rule, bool unacknowledged, CancellationToken ct);

    /// <summary>What is known of one.</summary>
    Task<KnownAlert> Find(Guid alert, CancellationToken ct);

    /// <summary>Everything about telling of one; null when no notifier has written it down.</summary>
    Task<TellingOfAlert?> Telling(Guid alert, CancellationToken ct);
}

/// <summary>What is known of an alert.</summary>
/// <param name="Raised">What it is; null when it is over.</param>
/// <param name="Life">What people did with it, the oldest first.</param>
/// <param name="Runs">The flows that were run for it.</param>
internal sealed record KnownAlert(RaisedAlert? Raised, IReadOnlyList<AlertDeed> Life, IReadOnlyList<PastRun> Runs);

/// <summary>An alert, and everything about telling of it. Times as stored.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Labels">The key.</param>
/// <param name="RaisedAt">When it was raised; null when that was not told.</param>
/// <param name="ClearedAt">When it was cleared; null while it is raised.</param>
/// <param name="Decisions">What was decided.</param>
/// <param name="Deliveries">What was or is to be said.</param>
/// <param name="Runs">The flows that were run for it.</param>
internal sealed record TellingOfAlert(string Rule, IReadOnlyDictionary<string, string> Labels, long? RaisedAt, long? ClearedAt,
    IReadOnlyList<PastDecision> Decisions, IReadOnlyList<PastDelivery> Deliveries, IReadOnlyList<PastRun> Runs);

/// <summary>Has evaluators do something with alerts.</summary>
internal interface IAlertOrders : IAsyncDisposable
{
    /// <summary>Tells them; returns why not, or null when they are told.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="command">One of the contract's commands.</param>
    /// <param name="ct">Ends it.</param>
    Task<string?> Give<T>(Guid alert, T command, CancellationToken ct) where T : class;
}
