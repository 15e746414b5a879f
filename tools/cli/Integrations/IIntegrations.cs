using Sigma.Gateway.Integrations;
using Sigma.Gateway.Queries;

namespace Sigma.Cli.Integrations;

/// <summary>Who may send to the gateway, and what people change of it. What is refused is an <see cref="IntegrationRefusedException"/>.</summary>
internal interface IIntegrations
{
    /// <summary>All of them: first those of the settings, then those that people made, by name.</summary>
    Task<IReadOnlyList<ListedIntegration>> All(CancellationToken ct);

    /// <summary>One of them; null when there is none.</summary>
    Task<ListedIntegration?> Find(string name, CancellationToken ct);

    /// <summary>Makes one and its key, or changes the one of its name.</summary>
    Task<IntegrationEdit> Put(IntegrationOptions integration, string by, string? why, CancellationToken ct);

    /// <summary>Makes a new key; the former one counts for a while, or not.</summary>
    Task<IntegrationEdit> NewKey(string name, bool formerCounts, string by, string? why, CancellationToken ct);

    /// <summary>Takes one away.</summary>
    Task<IntegrationEdit> Remove(string name, string by, string? why, CancellationToken ct);
}
