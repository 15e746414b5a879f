using Sigma.Gateway;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Integrations;

/// <summary>The integrations, as the database and the settings have them.</summary>
internal sealed class StoredIntegrations(Database database, GatewayOptions settings, TimeProvider time) : IIntegrations
{
    readonly IntegrationQuery _query = new(database, settings);
    readonly IntegrationEdits _edits = new(database, settings, time);

    public async Task<IReadOnlyList<ListedIntegration>> All(CancellationToken ct) => (await _query.All(ct)).Integrations;

    public Task<ListedIntegration?> Find(string name, CancellationToken ct) => _query.Find(name, ct);

    public Task<IntegrationEdit> Put(IntegrationOptions integration, string by, string? why, CancellationToken ct) =>
        _edits.Put(integration, new EditOrder(by, why, null), ct);

    public Task<IntegrationEdit> NewKey(string name, bool formerCounts, string by, string? why, CancellationToken ct) =>
        _edits.NewKey(name, formerCounts, new EditOrder(by, why, null), ct);

    public Task<IntegrationEdit> Remove(string name, string by, string? why, CancellationToken ct) =>
        _edits.Remove(name, new EditOrder(by, why, null), ct);
}
