using Quartz;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Liveness;
using Sigma.Gateway.Webhooks;
using Sigma.Hosting.Schedule;
using Sigma.Storage;

namespace Sigma.Gateway.Intake;

/// <summary>
/// Bodies that could not be read by a fault of ours. Their senders are told that they are kept, for they would send the same again and hold up what
/// comes next; and people are told by an alert of the integration, for nobody knows what such a body says.
/// </summary>
internal sealed class UnreadBodies(ConditionIntake intake, IntakeSlices slices, TimeProvider time)
{
    const string Id = "gateway:unread";

    /// <summary>Keeps one, with an alert that says so.</summary>
    public async Task Keep(Delivery delivery, string reason, CancellationToken ct)
    {
        GatewayTelemetry.Unread(delivery.Integration.Name);
        await intake.Keep(new IntakeWork(delivery, [], slices.Current) { State = IntakeState.Unread, Reason = reason }, ct);
        await Tell(delivery.Integration, UnderstoodState.Firing, $"Deliveries of {delivery.Integration.Name} cannot be read: {reason}", ct);
    }

    /// <summary>All of an integration have been read.</summary>
    public Task AllRead(Integration integration, CancellationToken ct) =>
        Tell(integration, UnderstoodState.Resolved, $"All deliveries of {integration.Name} have been read", ct);

    Task Tell(Integration integration, UnderstoodState state, string title, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        Understood said = new()
        {
            State = state, ExternalId = Id, Title = title, NeverResolves = true, OnlyIfOpen = state == UnderstoodState.Resolved, DeliveryKey = "",
            Labels = new Dictionary<string, string> { ["alertname"] = "unread" },
        };
        Delivery own = new(Guid.CreateVersion7(now), integration, "{}"u8.ToArray(), new Dictionary<string, string>(), now) { Via = "gateway" };
        return intake.Keep(own, new Reading { Items = [said] }, ct);
    }
}

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
