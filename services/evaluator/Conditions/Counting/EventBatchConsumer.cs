using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Drills;
using Sigma.Hosting.Messaging;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>
/// Stores a batch, commits, then counts: two evaluators with events of the same key cannot both miss the crossing.
/// Every step may be repeated; a crash anywhere brings the message again and all steps are done again.
/// </summary>
internal sealed class EventBatchConsumer(EventStore store, RaiseCheck raising, CoverageLog coverage, ClearCheck clearing,
    TimeProvider time, ILogger<EventBatchConsumer> log)
    : IConsumer<EventBatch>
{
    public async Task Consume(ConsumeContext<EventBatch> context)
    {
        var started = Stopwatch.GetTimestamp();
        var ((batch, odd), ct) = (BatchLimits.Sort(context.Message), context.CancellationToken);
        if (DrillRule.IsTooLate(batch, time.GetUtcNow()))
        {
            log.LogInformation("A drill of {SliceTo:HH:mm:ss} is too late and is skipped", batch.SliceTo);
            return;
        }
        var (stored, keys) = await store.Store(batch, odd, ct);
        await raising.Run(keys, context, ct);
        if (await coverage.Extend(batch, ct) is { } coveredRange)
        {
            await clearing.Run(batch.Source, coveredRange, context, ct);
            if (!Drill.Is(batch.Source)) // nobody watches it
                await context.PublishInTime(new CoverageCounted { Source = batch.Source, Through = coveredRange.To.ToTime() }, ct);
        }

        if (odd.Count > 0)
        {
            EvaluatorTelemetry.EventsOdd.Add(odd.Count, new KeyValuePair<string, object?>("source", batch.Source));
            log.LogWarning("{Count} events of {Source} from {From:yyyy-MM-dd HH:mm:ss} to {To:HH:mm:ss} cannot be counted and are put aside "
                + "(sigma status, sigma explain), for example: {Reason}", odd.Count, batch.Source, batch.SliceFrom, batch.SliceTo, odd[0].Reason);
        }
        EvaluatorTelemetry.EventsStored.Add(stored, new KeyValuePair<string, object?>("source", batch.Source));
        EvaluatorTelemetry.BatchDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        log.Log(stored > 0 ? LogLevel.Information : LogLevel.Debug,
            "Counted {Source} from {From:HH:mm:ss} to {To:HH:mm:ss}, part {Part} of {Parts}: {Events} events, {New} of them new, {Keys} keys",
            batch.Source, batch.SliceFrom, batch.SliceTo, batch.Part, batch.Parts, batch.Events.Count, stored, keys.Keys.Count);
    }
}

internal sealed class EventBatchConsumerDefinition : ConsumerDefinition<EventBatchConsumer>
{
    readonly int _parallel;

    public EventBatchConsumerDefinition(IOptions<EvaluatorOptions> options)
    {
        EndpointName = EvaluatorQueues.EventBatches;
        _parallel = options.Value.ParallelBatches;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<EventBatchConsumer> consumer,
        IRegistrationContext context)
    {
        // A batch is up to a quarter of a megabyte: few wait in memory, enough to keep every worker busy.
        endpoint.PrefetchCount = 2 * _parallel;
        endpoint.ConcurrentMessageLimit = _parallel;
    }
}
