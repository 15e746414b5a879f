using MassTransit;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Hosting.Messaging;

namespace Sigma.Archive.Samples;

/// <summary>
/// Keeps samples. A message is acknowledged when its samples are kept for good. Those whose time is too far away are dropped, and counted.
/// </summary>
internal sealed class SamplesConsumer(ISampleStore store, IOptions<ArchiveOptions> options, TimeProvider time) : IConsumer<SamplesReported>
{
    const int LongestName = 200;

    public async Task Consume(ConsumeContext<SamplesReported> context)
    {
        var batch = context.Message;
        NewsContract.Check("samples", batch.Source, batch.Samples, Fault);
        var came = Arrival.Of(batch.Intake, context, time);
        var limits = options.Value.Samples;
        IReadOnlyList<Sample> kept = [.. batch.Samples.Where(sample => NewsLimits.IsPossible(sample.At) && sample.At <= came + limits.AheadLimit
            && sample.At >= came - limits.BehindLimit)];
        ArchiveTelemetry.SamplesDropped.Add(batch.Samples.Count - kept.Count, new KeyValuePair<string, object?>("reason", "time"));
        if (kept.Count > 0)
            await store.Store(new SamplesToStore(batch.BatchId, kept), context.CancellationToken);
        ArchiveTelemetry.SampleLag.Record(Arrival.Lag(context, time));
    }

    static string? Fault(Sample sample) =>
        sample.Series is not { Length: > 0 and <= LongestName } ? $"has a name that is not 1 to {LongestName} characters long"
        : !double.IsFinite(sample.Value) ? "has a value that is no number"
        : NewsLimits.Labels(sample.Labels);
}

internal sealed class SamplesConsumerDefinition : ConsumerDefinition<SamplesConsumer>
{
    readonly int _prefetch;

    public SamplesConsumerDefinition(IOptions<ArchiveOptions> options)
    {
        EndpointName = ArchiveQueues.Samples;
        _prefetch = options.Value.Samples.ParallelBatches;
        // Another server wants each series in the order of its times.
        ConcurrentMessageLimit = options.Value.Samples.IsRemote ? 1 : _prefetch;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<SamplesConsumer> consumer,
        IRegistrationContext context) => endpoint.PrefetchCount = _prefetch;
}
