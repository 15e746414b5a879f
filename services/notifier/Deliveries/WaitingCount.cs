using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Counts what waits, every 15 s and only while somebody listens to a gauge.</summary>
internal sealed class WaitingCount(Database database, DeliveryTable deliveries, RecipientTable recipients, NotifierTelemetry telemetry, IEnumerable<IChannel> channels,
    TimeProvider time, ILogger<WaitingCount> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        telemetry.Begin(channels.Select(c => c.Name));
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15), time);
        try
        {
            do
                if (telemetry.WaitingGauge.Enabled || telemetry.InLineGauge.Enabled)
                    await Count(stop);
            while (await timer.WaitForNextTickAsync(stop));
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
            List<NotifierTelemetry.Channel> all = [];
            foreach (var channel in channels)
            {
                var found = waiting.GetValueOrDefault(channel.Name);
                all.Add(new(channel.Name, found?.Count ?? 0, found?.InLine ?? 0, found?.Since, await recipients.HeldUntil(session, channel, ct) ?? 0));
            }
            await session.Commit(ct);
            telemetry.Waiting(all);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("What waits cannot be counted: {Reason}", e.Message);
        }
    }
}
