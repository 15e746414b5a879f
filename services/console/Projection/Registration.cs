using MassTransit;
using Sigma.Hosting;
using Sigma.Storage.Outbox;

namespace Sigma.OperatorConsole.Projection;

internal static class Registration
{
    public static ServiceBuilder AddProjection(this ServiceBuilder service)
    {
        // What is missed here is asked for again (Rebuild), so that the console has seen an alert is no reason to forget its message.
        service.Services.AddSingleton(new BystanderQueue(ConsoleQueues.Alerts));
        service.Services.AddSingleton<AccountDirectory>().AddSingleton<AlertWriter>().AddSingleton<Purge>()
            .AddSingleton<IRaisedAlertSource, EvaluatorAlerts>().AddSingleton<IAccountNameSource, NotifierNames>()
            .AddSingleton<Rebuild>().AddHostedService(provider => provider.GetRequiredService<Rebuild>())
            .AddSingleton<AccountNaming>().AddHostedService(provider => provider.GetRequiredService<AccountNaming>());
        return service.Consumers(bus => bus.AddConsumer<AlertProjection, AlertProjectionDefinition>()).Jobs(Purge.Schedule);
    }
}
