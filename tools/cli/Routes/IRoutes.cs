using Sigma.Notifier.Queries;
using Sigma.Notifier.Routing;
using Sigma.Storage.Revisions;

namespace Sigma.Cli.Routes;

/// <summary>Which alerts go to whom, and what people change of it.</summary>
internal interface IRoutes
{
    /// <summary>What people made, or had made by a revision, as text.</summary>
    /// <exception cref="PolicyTextException">There is no such revision.</exception>
    Task<string> Made(long? revision, CancellationToken ct);

    /// <summary>Has it say this; returns the number of the change, or null when it says so already.</summary>
    /// <exception cref="PolicyTextException">It is refused.</exception>
    Task<long?> Put(PolicyOptions policy, string by, string? why, CancellationToken ct);

    /// <summary>Has it say again what it said once.</summary>
    /// <exception cref="PolicyTextException">It is refused.</exception>
    Task<long?> RollBack(long revision, string by, string? why, CancellationToken ct);

    /// <summary>The changes, the newest first.</summary>
    Task<IReadOnlyList<Revision>> History(int top, CancellationToken ct);

    /// <summary>Where an alert would go.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="at">When; null for now.</param>
    /// <param name="policy">By this beside the settings; null for nothing, or for what is in force.</param>
    /// <param name="live">By what is in force; a console knows nothing else.</param>
    /// <param name="ct">Ends it.</param>
    Task<IReadOnlyList<FoundReceiver>> Find(AskedAlert alert, DateTimeOffset? at, PolicyOptions? policy, bool live, CancellationToken ct);
}
