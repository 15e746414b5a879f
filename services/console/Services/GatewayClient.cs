using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Services;

/// <summary>Asks the gateway, by its internal API. Every failure is a <see cref="ServiceException"/>.</summary>
internal sealed class GatewayClient(ServiceCalls calls)
{
    const string Root = "internal/gateway/";

    /// <summary>All who may send.</summary>
    public Task<GatewayIntegrations> Integrations(CancellationToken ct) => calls.Get<GatewayIntegrations>($"{Root}integrations", ct);

    /// <summary>One of them; null when there is none.</summary>
    public Task<GatewayIntegration?> Integration(string name, CancellationToken ct) => calls.Find<GatewayIntegration>(Of(name), ct);

    /// <summary>The changes, the newest first; of one, or of all.</summary>
    public Task<ServicePage<GatewayRevision>> Revisions(string? name, long? after, int limit, CancellationToken ct) =>
        calls.Get<ServicePage<GatewayRevision>>(
            new RequestPath(name is null ? $"{Root}integrations/revisions" : $"{Of(name)}/revisions").With("after", after).With("limit", limit)
                .ToString(), ct);

    /// <summary>Makes or changes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="integration">What it is to say.</param>
    /// <param name="expected">Its revision as it was read; 0 when it must not be there yet; null when that does not matter.</param>
    /// <param name="by">Who.</param>
    /// <param name="why">Why.</param>
    /// <param name="ct">Ends it.</param>
    public Task<GatewayChange> Put(string name, JsonObject integration, long? expected, string by, string? why, CancellationToken ct) =>
        calls.Send<GatewayChange>(HttpMethod.Put, Of(name), new { integration, by, why }, expected, null, ct);

    /// <summary>Makes a new key; the former one counts for a while, or not.</summary>
    public Task<GatewayChange> NewKey(string name, bool formerCounts, string by, string? why, CancellationToken ct) =>
        calls.Send<GatewayChange>(HttpMethod.Post, $"{Of(name)}/key", new { by, why, formerCounts }, null, null, ct);

    /// <summary>Takes one away.</summary>
    public Task<GatewayChange> Remove(string name, long? expected, string by, string? why, CancellationToken ct) =>
        calls.Send<GatewayChange>(HttpMethod.Delete, new RequestPath(Of(name)).With("by", by).With("why", why).ToString(), null, expected, null, ct);

    /// <summary>What was delivered.</summary>
    public Task<ServicePage<GatewayDelivery>> Deliveries(IntakeFilter filter, string? after, int limit, CancellationToken ct) =>
        calls.Get<ServicePage<GatewayDelivery>>(new RequestPath($"{Root}intake").With("integration", filter.Integration).With("state", filter.State)
            .With("after", after).With("limit", limit).With("order", filter.OldestFirst ? "oldest" : "newest").ToString(), ct);

    /// <summary>A delivery with all that came; null when there is none, or none any more.</summary>
    public Task<GatewayBody?> Delivery(long id, CancellationToken ct) =>
        calls.Find<GatewayBody>(FormattableString.Invariant($"{Root}intake/{id}"), ct);

    /// <summary>Has a delivery read again.</summary>
    public Task<GatewayReplay> Replay(long id, CancellationToken ct) =>
        calls.Send<GatewayReplay>(HttpMethod.Post, FormattableString.Invariant($"{Root}intake/{id}/replay"), null, null, null, ct);

    static string Of(string name) => $"{Root}integrations/{Uri.EscapeDataString(name)}";
}
