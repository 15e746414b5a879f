using System.Diagnostics;
using MassTransit.Logging;

namespace Sigma.Storage.Outbox;

internal static class OutboxTelemetry
{
    public static readonly ActivitySource Source = new("Sigma.Storage");

    /// <summary>The trace goes on where the transaction left it; the time between is the message's time in the outbox.</summary>
    public static Activity? StartRelay(OutboxRow row, TimeProvider time)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext stored = default;
        if (row.Headers.TryGetHeader(DiagnosticHeaders.ActivityId, out var header) && header is string id)
            ActivityContext.TryParse(id, null, isRemote: true, out stored);
        var activity = Source.StartActivity("relay", ActivityKind.Internal, stored);
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.message", row.MessageType.Split(';')[0].Split(':', 3)[^1]).SetTag("sigma.message_id", row.MessageId.ToString())
                .SetTag("sigma.attempt", row.Attempts + 1).SetTag("sigma.outbox.seconds", (time.Milliseconds() - row.SentAt) / 1000d);
        return activity;
    }
}
