using Microsoft.Extensions.Options;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Publishing;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Metrics;

/// <summary>Takes in the samples of a request, whatever its protocol: reads them, publishes what is right, and says what is wrong.</summary>
internal sealed class SamplesIntake(Door door, NewsPublisher publisher, ConditionIntake malformed, SeriesCache cache,
    IOptions<GatewayOptions> options)
{
    /// <summary>Finds out who sends, and unpacks the body.</summary>
    /// <exception cref="RefusedException">It is not taken.</exception>
    public Task<Delivery> Open(HttpContext http, string? key, CancellationToken ct) => door.Open(http, [IntegrationKind.Metrics], null, key, ct);

    /// <summary>Reads and publishes. Returns once all that is right is with the broker.</summary>
    /// <exception cref="MalformedBodyException">Nothing of it can be read; it is kept, with the reason.</exception>
    /// <exception cref="RefusedException">It is not taken.</exception>
    public async Task<SampleBatch> Take(Delivery delivery, Action<SampleBatch> read, CancellationToken ct)
    {
        SampleBatch batch = new(cache, delivery.Integration, options.Value.Metrics, delivery.ReceivedAt);
        try
        {
            read(batch);
        }
        catch (MalformedBodyException e)
        {
            await malformed.KeepMalformed(delivery, e.Place, e.Reason, ct);
            throw;
        }
        if (batch.Samples.Count > 0)
            await publisher.Publish(delivery.Integration, batch.Samples, ct);
        return batch;
    }
}
