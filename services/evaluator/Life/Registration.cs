using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting;
using Sigma.Storage.Sagas;

namespace Sigma.Evaluator.Life;

internal static class Registration
{
    public static ServiceBuilder AddLife(this ServiceBuilder service)
    {
        MessageCorrelation.UseCorrelationId<AlertAcknowledged>(alert => alert.AlertId);
        MessageCorrelation.UseCorrelationId<AlertUpdated>(alert => alert.AlertId);
        service.Services.AddSingleton<TriggerTable>();
        return service.Consumers(bus => bus.AddConsumer<AlertCommandsConsumer, AlertCommandsConsumerDefinition>());
    }
}
