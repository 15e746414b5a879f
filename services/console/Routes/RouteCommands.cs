using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Routes;

/// <summary>Who is told of which alerts: who sees everything sees it, and engineers change the part that people make.</summary>
internal sealed class RouteCommands(NotifierClient notifier, AuditLog audit)
{
    const int LongestHistory = 200;

    /// <summary>What is in force.</summary>
    public Task<RoutePolicy> Current(Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return notifier.Routes(ct);
    }

    /// <summary>The changes, the newest first.</summary>
    public Task<IReadOnlyList<RouteRevision>> History(int? limit, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return notifier.RouteHistory(Math.Clamp(limit ?? LongestHistory, 1, LongestHistory), ct);
    }

    /// <summary>One change with what it said; null when there is none.</summary>
    public Task<RouteRevision?> Revision(long revision, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return notifier.RouteRevision(revision, ct);
    }

    /// <summary>Where an alert would go, by what is in force or by what is not yet.</summary>
    public Task<IReadOnlyList<FoundReceiver>> Test(TestedAlert alert, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return notifier.TestRoutes(alert, ct);
    }

    /// <summary>All that people made says this from now on.</summary>
    /// <param name="policy">All of it.</param>
    /// <param name="expected">The last change as it was read: when there is another, nothing is changed; null when that does not matter.</param>
    /// <param name="why">Why.</param>
    /// <param name="caller">Who.</param>
    /// <param name="ct">Ends it.</param>
    public Task<RouteChange> Put(JsonObject policy, long? expected, string? why, Caller caller, CancellationToken ct) => Change("route.change", why,
        caller, () => notifier.PutRoutes(policy, expected, caller.Name, why, ct), ct);

    /// <summary>What people made says again what it said by a revision.</summary>
    public Task<RouteChange> RollBack(long to, long? expected, string? why, Caller caller, CancellationToken ct) => Change("route.rollback", why,
        caller, () => notifier.RollBackRoutes(to, expected, caller.Name, why, ct), ct, to);

    // The notifier keeps what each revision says: the audit log names them.
    async Task<RouteChange> Change(string what, string? why, Caller caller, Func<Task<RouteChange>> change, CancellationToken ct, long? to = null)
    {
        caller.Demand(Role.Engineer);
        caller.DemandNoLimits();
        var before = (await notifier.Routes(ct)).Revision;
        var changed = await change();
        if (changed.Revision is { } after)
            await audit.Write(caller, what, null, new { revision = before }, new { revision = after, why, to }, ct);
        return changed;
    }
}
