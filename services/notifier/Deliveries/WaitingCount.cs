using Sigma.Notifier.Receivers;
using Sigma.Storage;
using Sigma.Storage.Counting;

namespace Sigma.Notifier.Deliveries;

/// <summary>Counts what waits, every 15 s and only while somebody listens to a gauge.</summary>
internal sealed class WaitingCount(Database database, DeliveryTable deliveries, RecipientTable recipients, NotifierTelemetry telemetry,
    ReceiverSet receivers, TimeProvider time, ILogger<WaitingCount> log)
    : RepeatedCount("Counting the waiting deliveries failed", log, time: time)
{
    protected override void Begin() => telemetry.Begin(receivers.Channels.Select(c => c.Name));

    protected override async Task Count(CancellationToken ct)
    {
        if (!telemetry.WaitingGauge.Enabled && !telemetry.InLineGauge.Enabled)
            return;
        await using var session = await database.Begin(ct);
        var waiting = (await deliveries.CountWaiting(session, ct)).ToDictionary(w => w.Channel);
        List<NotifierTelemetry.Channel> all = [];
        foreach (var channel in receivers.Channels)
        {
            var found = waiting.GetValueOrDefault(channel.Name);
            all.Add(new(channel.Name, found?.Count ?? 0, found?.InLine ?? 0, found?.Since, await recipients.HeldUntil(session, channel, ct) ?? 0));
        }
        await session.Commit(ct);
        telemetry.Waiting(all);
    }
}
