using MassTransit;
using Sigma.Contracts;
using Sigma.Hosting;
using Sigma.Storage.Sagas;

namespace Sigma.Evaluator.Triggers;

internal static class Registration
{
    public static ServiceBuilder AddTriggers(this ServiceBuilder service)
    {
        // One episode's messages share a correlation id: the relay keeps their order, and a subscriber can tell them apart without reading the body.
        MessageCorrelation.UseCorrelationId<AlertRaised>(alert => alert.AlertId);
        MessageCorrelation.UseCorrelationId<AlertCleared>(alert => alert.AlertId);
        MessageCorrelation.UseCorrelationId<ShadowAlertRaised>(shadow => shadow.Alert.AlertId);
        MessageCorrelation.UseCorrelationId<ShadowAlertCleared>(shadow => shadow.Alert.AlertId);
        service.Services.AddScoped<DecideRaise>().AddScoped<DecideUpdate>().AddScoped<DecideClear>().AddHostedService<TriggerWarmup>()
            .AddHostedService<RaisedCount>();
        return service.Consumers(bus => bus.AddSagaStateMachine<TriggerStateMachine, Trigger, TriggerDefinition>().InTable<Trigger, TriggerTable>());
    }
}
