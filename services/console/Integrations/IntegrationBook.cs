using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Integrations;

/// <summary>
/// Who may send to the gateway, and what they sent. Everybody without limits may read; engineers change, see bodies and have them read again.
/// </summary>
internal sealed class IntegrationBook(GatewayClient gateway, AuditLog audit, ILogger<IntegrationBook> log)
{
    /// <summary>All integrations.</summary>
    public Task<GatewayIntegrations> All(Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return gateway.Integrations(ct);
    }

    /// <summary>One of them; null when there is none.</summary>
    public Task<GatewayIntegration?> Find(string name, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return gateway.Integration(name, ct);
    }

    /// <summary>The changes, the newest first; of one, or of all.</summary>
    public Task<ServicePage<GatewayRevision>> Revisions(string? name, long? after, int limit, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return gateway.Revisions(name, after, limit, ct);
    }

    /// <summary>Makes or changes one; a new one's key is in the answer, this once.</summary>
    public Task<GatewayChange> Put(string name, JsonObject integration, long? expected, string? why, Caller caller, CancellationToken ct) =>
        Change("integration.put", name, caller, () => gateway.Put(name, integration, expected, caller.Name, Said(why), ct), ct);

    /// <summary>Makes a new key, which is in the answer, this once.</summary>
    public Task<GatewayChange> NewKey(string name, bool formerCounts, string? why, Caller caller, CancellationToken ct) =>
        Change("integration.key", name, caller, () => gateway.NewKey(name, formerCounts, caller.Name, Said(why), ct), ct);

    /// <summary>Takes one away: nobody can send by it any more.</summary>
    public Task<GatewayChange> Remove(string name, long? expected, string? why, Caller caller, CancellationToken ct) =>
        Change("integration.remove", name, caller, () => gateway.Remove(name, expected, caller.Name, Said(why), ct), ct);

    /// <summary>What was delivered, without bodies.</summary>
    public Task<ServicePage<GatewayDelivery>> Deliveries(IntakeFilter filter, string? after, int limit, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return gateway.Deliveries(filter, after, limit, ct);
    }

    /// <summary>A delivery with its body; null when there is none.</summary>
    public Task<GatewayBody?> Delivery(long id, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        return gateway.Delivery(id, ct);
    }

    /// <summary>Has a delivery read again.</summary>
    public async Task<GatewayReplay> Replay(long id, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        var done = await gateway.Replay(id, ct);
        await Write(caller, "intake.replay", id.ToString(System.Globalization.CultureInfo.InvariantCulture), null, done);
        return done;
    }

    async Task<GatewayChange> Change(string what, string name, Caller caller, Func<Task<GatewayChange>> change, CancellationToken ct)
    {
        Demand(caller);
        var before = await gateway.Integration(name, ct);
        var changed = await change();
        if (changed.Change is null)
            return changed;
        GatewayIntegration? after = null;
        try
        {
            after = await gateway.Integration(name, CancellationToken.None); // it is changed: who asked may be gone by now
        }
        catch (ServiceException e)
        {
            log.LogWarning("What the integration {Integration} says since its change {Revision} is not in the audit log: {Reason}", name,
                changed.Revision, e.Message);
        }
        await Write(caller, what, name, before?.Integration, after?.Integration);
        return changed;
    }

    async Task Write(Caller caller, string what, string subject, object? before, object? after)
    {
        try
        {
            await audit.Write(caller, what, subject, before, after, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogError(e, "{What} of {Subject} by {By} is not in the audit log", what, subject, caller.Name);
        }
    }

    static void Demand(Caller caller)
    {
        caller.DemandNoLimits();
        caller.Demand(Role.Engineer);
    }

    static string? Said(string? why) => string.IsNullOrWhiteSpace(why) ? null : why.Trim();
}
