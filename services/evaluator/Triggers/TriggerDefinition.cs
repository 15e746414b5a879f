using MassTransit;
using Microsoft.Extensions.Options;
using Sigma.Storage.Outbox;

namespace Sigma.Evaluator.Triggers;

internal sealed class TriggerDefinition : SagaDefinition<Trigger>
{
    readonly int _parallel;

    public TriggerDefinition(IOptions<EvaluatorOptions> options)
    {
        EndpointName = EvaluatorQueues.Triggers;
        _parallel = options.Value.ParallelTriggers;
    }

    protected override void ConfigureSaga(IReceiveEndpointConfigurator endpoint, ISagaConfigurator<Trigger> saga, IRegistrationContext context)
    {
        // Small messages, one short transaction each; prefetch stays far below the connection pool.
        endpoint.PrefetchCount = 4 * _parallel;
        endpoint.ConcurrentMessageLimit = _parallel;
        endpoint.UseTransaction(context);
    }
}
