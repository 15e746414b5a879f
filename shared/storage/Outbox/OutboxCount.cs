using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sigma.Storage.Outbox;

/// <summary>Counts every 15 s what the broker should have by now and has not. Every process of a service counts the same rows.</summary>
internal sealed class OutboxCount(Database database, OutboxTable outbox, OutboxOwner owner, ILogger<OutboxCount> log) : BackgroundService
{
    readonly Meter _meter = new("Sigma.Storage");
    long _waiting;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        _meter.CreateObservableGauge("sigma.outbox.waiting", () => new Measurement<long>(Interlocked.Read(ref _waiting), new KeyValuePair<string, object?>("owner", owner.Name)),
            "{message}", "Messages that are due and not with the broker, by service");
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15));
        try
        {
            do
                await Count(stop);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    async Task Count(CancellationToken ct)
    {
        try
        {
            await using var session = await database.Begin(ct);
            Interlocked.Exchange(ref _waiting, await outbox.CountWaiting(session, ct));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("The outbox cannot be counted: {Reason}", e.Message);
        }
    }
}
