using MassTransit;
using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Notifier.SelfMonitoring;

/// <summary>Keeps what fetcher and evaluator report, for all notifiers and over a restart.</summary>
internal sealed class CoverageConsumer(WatermarkTable watermarks, Database database) : IConsumer<CoverageReported>, IConsumer<CoverageCounted>
{
    public async Task Consume(ConsumeContext<CoverageReported> context)
    {
        var ct = context.CancellationToken;
        if (string.IsNullOrEmpty(context.Message.Source))
            throw new InvalidDataException("Refused: the report names no source");
        await using var session = await database.Begin(ct);
        await watermarks.Report(session, context.Message, ct);
        await session.Commit(ct);
    }

    public async Task Consume(ConsumeContext<CoverageCounted> context)
    {
        var ct = context.CancellationToken;
        await using var session = await database.Begin(ct);
        await watermarks.Count(session, context.Message, ct);
        await session.Commit(ct);
    }
}

internal sealed class CoverageConsumerDefinition : ConsumerDefinition<CoverageConsumer>
{
    public CoverageConsumerDefinition()
    {
        EndpointName = NotifierQueues.Coverage;
        ConcurrentMessageLimit = 1; // all of a source are about one row
        Endpoint(endpoint => endpoint.PrefetchCount = 32);
    }
}
