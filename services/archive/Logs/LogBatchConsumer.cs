using MassTransit;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Hosting.Messaging;

namespace Sigma.Archive.Logs;

/// <summary>
/// Keeps log lines. A message is acknowledged when its lines are kept for good; what comes again is kept once, by the batch's id.
/// </summary>
internal sealed class LogBatchConsumer(ILogStore store, IOptions<ArchiveOptions> options, TimeProvider time) : IConsumer<LogBatch>
{
    /// <summary>The name of the field that keeps the time which a line itself says, where that is too far away.</summary>
    public const string SaidTime = "said_time";

    public async Task Consume(ConsumeContext<LogBatch> context)
    {
        var batch = context.Message;
        NewsContract.Check("lines", batch.Source, batch.Lines, line => NewsLimits.Labels(line.Labels) ?? NewsLimits.Text(line.Text)
            ?? (line.Fields is null ? null : NewsLimits.Pairs("field", line.Fields)));
        // Each file knows only its own batches: a line must go to the same file when its message comes again.
        var came = Arrival.Of(batch.Intake, context, time);
        var lines = new StoredLine[batch.Lines.Count];
        for (var index = 0; index < lines.Length; index++)
            lines[index] = Timed(batch.Source, batch.Lines[index], came);
        if (lines.Length > 0)
            await store.Store(new LinesToStore(batch.BatchId, lines), context.CancellationToken);
        ArchiveTelemetry.LogLag.Record(Arrival.Lag(context, time));
    }

    StoredLine Timed(string source, LogLine line, DateTimeOffset came)
    {
        var (at, limits) = (line.At.ToUniversalTime(), options.Value.Logs);
        if (!NewsLimits.IsPossible(at) || at > came + limits.AheadLimit || at < came - limits.BehindLimit)
        {
            ArchiveTelemetry.LinesMoved.Add(1);
            line = line with { Fields = new Dictionary<string, string>(line.Fields ?? new Dictionary<string, string>()) { [SaidTime] = $"{at:O}" } };
            at = came;
        }
        return new StoredLine(StoredLine.TicksOf(at), source, LineLevels.OfMessage(line.Level), line);
    }
}

internal sealed class LogBatchConsumerDefinition : ConsumerDefinition<LogBatchConsumer>
{
    readonly int _parallel;

    public LogBatchConsumerDefinition(IOptions<ArchiveOptions> options)
    {
        EndpointName = ArchiveQueues.Logs;
        ConcurrentMessageLimit = _parallel = options.Value.Logs.ParallelBatches;
    }

    // All that are in hand are written together, so each must reach the consumer.
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<LogBatchConsumer> consumer,
        IRegistrationContext context) => endpoint.PrefetchCount = _parallel;
}
