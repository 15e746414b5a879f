using Quartz;
using Sigma.Gateway.Integrations;
using Sigma.Hosting.Schedule;
using Sigma.Storage;

namespace Sigma.Gateway.Intake;

/// <summary>Reads again what could not be read: a newer version may be able to, or the host of a certificate answers by now.</summary>
[DisallowConcurrentExecution]
internal sealed class UnreadRetries(Database database, Replay replay, UnreadBodies unread, IntegrationBook book, IHostApplicationLifetime host,
    ILogger<UnreadRetries> log) : RepeatedJob("Unread deliveries cannot be read again", host, log)
{
    const int MostTries = 200, AtATime = 100;

    /// <summary>Each of them, the oldest first. Its tries are counted, so that one that never can be read is left to people.</summary>
    public override async Task Run(CancellationToken ct)
    {
        HashSet<string> concerned = [], stuck = [];
        foreach (var (id, integration) in await Find(ct))
        {
            concerned.Add(integration);
            if (await replay.Run(id, isFirstReading: true, ct) is not { State: IntakeState.Kept or IntakeState.Malformed or IntakeState.Refused })
                stuck.Add(integration);
        }
        foreach (var name in concerned.Except(stuck))
            if (book.Find(name) is { } integration)
                await unread.AllRead(integration, ct);
    }

    async Task<List<(long Id, string Integration)>> Find(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.Query<(long, string)>( // ix_gateway_intake_state
            $"select id, integration from gateway_intake where state = 'unread' and tries < {MostTries} order by id limit {AtATime}", null, ct);
    }
}

/// <summary>Reads again what people want read again.</summary>
[DisallowConcurrentExecution]
internal sealed class ReplayOrders(Database database, Replay replay, IHostApplicationLifetime host, ILogger<ReplayOrders> log)
    : RepeatedJob("Deliveries cannot be replayed", host, log)
{
    const int AtATime = 100;

    public override async Task Run(CancellationToken ct)
    {
        foreach (var id in await Find(ct))
            if (await replay.Run(id, isFirstReading: false, ct) is { State: null, Reason: { } reason })
                await Refuse(id, reason, ct);
    }

    async Task<List<long>> Find(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.Query<long>( // ix_gateway_intake_state
            $"select id from gateway_intake where state = 'replay' order by id limit {AtATime}", null, ct);
    }

    async Task Refuse(long id, string reason, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        await session.Execute( // primary key
            "update gateway_intake set state = 'refused', reason = @reason where id = @id and state = 'replay'", new { id, reason }, ct);
        await session.Commit(ct);
    }
}
