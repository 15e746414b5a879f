using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Publishing;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>Takes lines in: reads them from a delivery, and publishes them with the beats of those who wrote them.</summary>
internal sealed class LogIntake(NewsPublisher publisher, ConditionIntake deliveries, LogsTelemetry telemetry, TimeProvider time,
    IOptions<GatewayOptions> options)
{
    // Of a body that cannot be understood: enough to see what is wrong, though one may be large.
    const int MostKept = 1024 * 1024;

    /// <summary>Lines that come now.</summary>
    public LineCollector Collect(Integration integration) => Collect(integration, time.GetUtcNow());

    /// <summary>Reads the lines of a delivery. A body that cannot be understood is kept with the reason.</summary>
    /// <exception cref="RefusedException">It cannot be understood.</exception>
    public async Task<LineCollector> Read(Delivery delivery, Action<LineCollector, ReadOnlySpan<byte>> read, CancellationToken ct)
    {
        var lines = Collect(delivery.Integration, delivery.ReceivedAt);
        try
        {
            read(lines, delivery.Body.Span);
            return lines;
        }
        catch (MalformedBodyException e)
        {
            throw await Malformed(delivery, e, ct);
        }
        catch (JsonException e)
        {
            throw await Malformed(delivery, JsonText.Malformed(e), ct);
        }
    }

    /// <summary>Keeps a body that cannot be understood, and makes what its sender is told.</summary>
    public async Task<RefusedException> Malformed(Delivery delivery, MalformedBodyException e, CancellationToken ct)
    {
        var kept = delivery.Body.Length <= MostKept ? delivery : delivery with { Body = delivery.Body[..MostKept] };
        await deliveries.KeepMalformed(kept, e.Place, e.Reason, ct);
        return new RefusedException(Refusal.Malformed, e.Message);
    }

    /// <summary>Publishes lines and beats. Returns once the broker has confirmed all of it.</summary>
    /// <param name="lines">The lines; nothing happens when there are none.</param>
    /// <param name="protocol">How they came.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="RefusedException">The broker did not take it.</exception>
    public async Task Keep(LineCollector lines, string protocol, CancellationToken ct)
    {
        if (lines.Lines.Count == 0)
            return;
        // The beats first: where the lines are refused and come again, that somebody has sent something is true all the same.
        var beats = AgentBeats.Of(lines.Integration, lines.Lines, lines.ReceivedAt);
        if (beats.Count > 0)
            await publisher.Publish(lines.Integration, beats, ct);
        await publisher.Publish(lines.Integration, lines.Lines, ct);
        telemetry.Taken(lines, protocol);
    }

    LineCollector Collect(Integration integration, DateTimeOffset receivedAt) =>
        new(integration, options.Value.Logs, receivedAt) { DeepestJson = options.Value.Limits.DeepestJson };
}
