using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>A lost message is never a lost delivery: what is overdue is sent to its channel again.</summary>
[DisallowConcurrentExecution]
internal sealed class Sweep(Database database, DeliveryTable deliveries, RecipientQueue recipientQueue, DeliveryQueue queue,
    IEnumerable<IChannel> channels,
    IOptions<NotifierOptions> options, IHostApplicationLifetime host, ILogger<Sweep> log)
    : RepeatedJob("Overdue deliveries cannot be looked for", host, log)
{
    public const int Batch = 200;

    // Behind a long queue a delivery is overdue without being lost; it gets another message only this often.
    static readonly TimeSpan NotAgainFor = TimeSpan.FromMinutes(10);

    public override Task Run(CancellationToken ct) => SendAgain(ct);

    /// <returns>How many messages were sent again.</returns>
    public async Task<int> SendAgain(CancellationToken ct)
    {
        var sent = await Overdue(ct);
        foreach (var channel in channels)
            sent += await recipientQueue.WakeOverdue(channel, options.Value.Deliveries.OverdueAfter, ct) ? 1 : 0;
        return sent;
    }

    async Task<int> Overdue(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var lost = await deliveries.TakeOverdue(session, options.Value.Deliveries.OverdueAfter, NotAgainFor, Batch, ct);
        foreach (var delivery in lost)
            await queue.Send(session, delivery, delivery.Attempts, TimeSpan.Zero, ct);
        await queue.Commit(session, ct);
        if (lost.Count > 0)
            log.LogInformation("{Count} deliveries are overdue, retrying them", lost.Count);
        return lost.Count;
    }
}
