using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Counts what waits, every 15 s and only while somebody listens to the gauge.</summary>
internal sealed class WaitingCount(Database database, DeliveryTable deliveries, NotifierTelemetry telemetry, IEnumerable<IChannel> channels, TimeProvider time,
    ILogger<WaitingCount> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (telemetry.WaitingGauge.Enabled)
                    await Count(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task Count(CancellationToken ct)
    {
        try
        {
            await using var session = await database.Begin(ct);
            var waiting = (await deliveries.CountWaiting(session, ct)).ToDictionary(w => w.Channel, w => w.Count);
            await session.Commit(ct);
            telemetry.Waiting(channels.Select(c => KeyValuePair.Create(c.Name, waiting.GetValueOrDefault(c.Name))));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("What waits cannot be counted: {Reason}", e.Message);
        }
    }
}
