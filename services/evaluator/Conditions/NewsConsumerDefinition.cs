using MassTransit;

namespace Sigma.Evaluator.Conditions;

/// <summary>News is stored in large statements: a few batches at a time keep the database busy, and more would wait for each other's rows.</summary>
internal abstract class NewsConsumerDefinition<TConsumer> : ConsumerDefinition<TConsumer> where TConsumer : class, IConsumer
{
    protected NewsConsumerDefinition(string queue)
    {
        EndpointName = queue;
        ConcurrentMessageLimit = 2;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<TConsumer> consumer,
        IRegistrationContext context) => endpoint.PrefetchCount = 4;
}
