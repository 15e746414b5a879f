using MassTransit;
using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Notifier.Blindness;

/// <summary>Keeps what the fetcher reports, for all notifiers and over a restart.</summary>
internal sealed class CoverageConsumer(WatermarkTable watermarks, Database database) : IConsumer<CoverageReported>
{
    public async Task Consume(ConsumeContext<CoverageReported> context)
    {
        var ct = context.CancellationToken;
        if (string.IsNullOrEmpty(context.Message.Source))
            throw new ArgumentException("the report names no source");
        await using var session = await database.Begin(ct);
        await watermarks.Report(session, context.Message, ct);
        await session.Commit(ct);
    }
}

internal sealed class CoverageConsumerDefinition : ConsumerDefinition<CoverageConsumer>
{
    public CoverageConsumerDefinition()
    {
        EndpointName = "notifier.coverage";
        ConcurrentMessageLimit = 1; // all of a source are about one row
        Endpoint(endpoint => endpoint.PrefetchCount = 32);
    }
}
