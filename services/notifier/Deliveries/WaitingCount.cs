using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Counts what waits, every 15 s and only while somebody listens to a gauge.</summary>
internal sealed class WaitingCount(Database database, DeliveryTable deliveries, NotifierTelemetry telemetry, IEnumerable<IChannel> channels, TimeProvider time,
    ILogger<WaitingCount> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (telemetry.WaitingGauge.Enabled || telemetry.InLineGauge.Enabled)
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
            var waiting = (await deliveries.CountWaiting(session, ct)).ToDictionary(w => w.Channel);
            await session.Commit(ct);
            telemetry.Waiting([.. channels.Select(c => (c.Name, waiting.GetValueOrDefault(c.Name)?.Count ?? 0, waiting.GetValueOrDefault(c.Name)?.InLine ?? 0))]);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("What waits cannot be counted: {Reason}", e.Message);
        }
    }
}
