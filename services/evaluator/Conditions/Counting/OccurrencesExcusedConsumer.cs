using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>
/// Takes the events of excused occurrences out of every count, whether they came before or come later, and looks at once whether an alert ends by it.
/// </summary>
internal sealed class OccurrencesExcusedConsumer(Database database, CoverageLog coverage, ClearCheck clearing, TimeProvider time,
    ILogger<OccurrencesExcusedConsumer> log)
    : IConsumer<OccurrencesExcused>
{
    public async Task Consume(ConsumeContext<OccurrencesExcused> context)
    {
        var message = context.Message;
        var ct = context.CancellationToken;
        BatchLimits.Check(message);
        var keys = message.OccurrenceIds.OfType<string>().Distinct().Select(id => BatchKeys.OccurrenceKey(message.Source, id)).Order().ToList();
        if (keys.Count == 0)
            return;
        await using (var session = await database.Begin(ct))
        {
            using SqlRows rows = new(session.Dialect);
            foreach (var key in keys)
                rows.Add(key, time.Milliseconds());
            await session.Execute($"{session.Dialect.InsertIgnore} into evaluator_excused(occurrence_key, excused_at) values {rows}", null, ct);
            await session.Commit(ct);
        }
        // After the commit: a trigger raised in between has either seen the excuse or is found here.
        await using (var session = await database.Begin(ct))
        {
            await TriggerTable.CheckSoon(session, keys, ct);
            await session.Commit(ct);
        }
        if (await coverage.Covered(message.Source, ct) is { } coveredRange)
            await clearing.Run(message.Source, coveredRange, context, ct);
        log.LogDebug("Excused {Count} occurrences of {Source}", keys.Count, message.Source);
    }
}

internal sealed class OccurrencesExcusedConsumerDefinition : ConsumerDefinition<OccurrencesExcusedConsumer>
{
    public OccurrencesExcusedConsumerDefinition()
    {
        EndpointName = EvaluatorQueues.OccurrencesExcused;
        ConcurrentMessageLimit = 2;
    }
}
