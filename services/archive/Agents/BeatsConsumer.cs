using MassTransit;
using Sigma.Contracts;
using Sigma.Hosting.Messaging;

namespace Sigma.Archive.Agents;

/// <summary>Keeps when agents were heard. Older news than what is known changes nothing, so a message may come again.</summary>
internal sealed class BeatsConsumer(AgentTable agents) : IConsumer<BeatsReported>
{
    public Task Consume(ConsumeContext<BeatsReported> context)
    {
        var batch = context.Message;
        NewsContract.Check("beats", batch.Source, batch.Beats, beat => NewsLimits.Labels(beat.Labels)
            ?? (NewsLimits.IsPossible(beat.At) ? null : "has a time that is not possible"));
        return batch.Beats.Count == 0 ? Task.CompletedTask : agents.Store(batch, context.CancellationToken);
    }
}

internal sealed class BeatsConsumerDefinition : ConsumerDefinition<BeatsConsumer>
{
    const int Parallel = 16;

    public BeatsConsumerDefinition()
    {
        EndpointName = ArchiveQueues.Beats;
        ConcurrentMessageLimit = Parallel;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<BeatsConsumer> consumer,
        IRegistrationContext context) => endpoint.PrefetchCount = Parallel;
}
