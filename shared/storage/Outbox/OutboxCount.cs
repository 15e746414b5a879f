using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Sigma.Storage.Counting;

namespace Sigma.Storage.Outbox;

/// <summary>Counts every 15 s what the broker should have by now and has not. Every process of a service counts the same rows.</summary>
internal sealed class OutboxCount(Database database, OutboxTable outbox, OutboxOwner owner, ILogger<OutboxCount> log)
    : RepeatedCount("The outbox cannot be counted", log)
{
    readonly Meter _meter = new("Sigma.Storage");
    long _waiting;

    protected override void Begin() =>
        _meter.CreateObservableGauge("sigma.outbox.waiting",
            () => new Measurement<long>(Interlocked.Read(ref _waiting), new KeyValuePair<string, object?>("owner", owner.Name)),
            "{message}", "Messages that are due and not with the broker, by service");

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task Count(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        Interlocked.Exchange(ref _waiting, await outbox.CountWaiting(session, ct));
    }
}
