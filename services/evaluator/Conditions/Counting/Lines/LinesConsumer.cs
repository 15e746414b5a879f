using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting.Lines;

/// <summary>
/// Counts the log lines that rules look for, as events. Of all others it remembers alone that their batch came: by that the time is covered. Stores,
/// commits, then counts; every step may be repeated.
/// </summary>
internal sealed class LinesConsumer(Database database, RuleBook book, EventStore store, RaiseCheck raising, IntakeLog intake, TimeProvider time,
    ILogger<LinesConsumer> log)
    : IConsumer<LogBatch>
{
    public async Task Consume(ConsumeContext<LogBatch> context)
    {
        var (batch, ct) = (context.Message, context.CancellationToken);
        NewsLimits.Check("lines", batch.Source, batch.Intake, batch.Lines,
            line => line.Text is null ? "has no text" : line.Labels is null ? "has no labels" : null);
        // Of the message, not of the clock: it must be the same when the message comes again.
        var came = context.SentTime is { } sent ? new DateTimeOffset(sent, TimeSpan.Zero) : time.GetUtcNow();
        var matched = MatchedLines.Of(batch, came, book.Now, log); // before the transaction, which should be short
        await using (var session = await database.Begin(ct))
        {
            if (await book.Current(session, ct) is var rules && rules != matched.Rules)
                matched = MatchedLines.Of(batch, came, rules, log);
            foreach (var (lines, keys, odd) in matched.Batches)
            {
                var stored = await store.WriteEvents(session, lines, keys, ct);
                await MalformedEventTable.Keep(session, lines with { Source = batch.Source }, odd, time.Milliseconds(), ct);
                session.AfterCommit(() => EvaluatorTelemetry.LinesCounted.Add(stored, new KeyValuePair<string, object?>("source", batch.Source)));
            }
            await IntakeLog.Store(session, batch.Intake, ct);
            await session.Commit(ct);
        }
        foreach (var (_, keys, _) in matched.Batches)
            await raising.Run(keys, context, ct);
        await intake.Extend(batch.Intake, ct);
    }
}

internal sealed class LinesConsumerDefinition() : NewsConsumerDefinition<LinesConsumer>(EvaluatorQueues.Lines);
