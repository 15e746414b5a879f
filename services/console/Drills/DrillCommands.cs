using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Drills;

/// <summary>Starts a drill, and watches its hops.</summary>
internal sealed class DrillCommands(DrillClient client, AuditLog audit, TimeProvider time)
{
    /// <summary>Starts one; there is one at a time.</summary>
    /// <param name="channels">Names of integrations, comma separated; null for those that alerts go to.</param>
    /// <param name="caller">Who.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<OrderedDrill> Start(string? channels, Caller caller, CancellationToken ct)
    {
        caller.Demand(Role.Operator);
        caller.DemandNoLimits();
        var drill = await client.Order(Guid.CreateVersion7(), string.IsNullOrWhiteSpace(channels) ? Contracts.Drill.AllChannels : channels.Trim(),
            caller.Name, ct);
        await audit.Write(caller, "drill.start", drill.Id.ToString(), null, new { drill.Channels }, ct);
        return drill;
    }

    /// <summary>How far it has come; null when there is none. Ends it when it is done, so that the next may come.</summary>
    public async Task<DrillProgress?> Watch(Guid id, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        if (await client.Find(id, ct) is not { } drill)
            return null;
        // Who is away leaves its hops open.
        var evaluated = Quietly(() => client.Evaluated(id, drill.Channels, ct)!);
        var told = Quietly(() => client.Told(id, ct));
        var progress = DrillProgress.Of(drill, await evaluated, await told, time.GetUtcNow());
        if (progress.Verdict is { } verdict && drill.EndedAt is null)
            await client.End(id, verdict, ct);
        return progress;
    }

    static async Task<T?> Quietly<T>(Func<Task<T?>> ask) where T : class
    {
        try
        {
            return await ask();
        }
        catch (ServiceException)
        {
            return null;
        }
    }
}
