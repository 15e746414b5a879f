using MassTransit;
using Sigma.Hosting;

namespace Sigma.OperatorConsole.Projection;

internal static class Registration
{
    public static ServiceBuilder AddProjection(this ServiceBuilder service)
    {
        service.Services.AddSingleton<AccountDirectory>().AddSingleton<AlertWriter>().AddSingleton<Purge>()
            .AddSingleton<IRaisedAlertSource, EvaluatorAlerts>().AddSingleton<IAccountNameSource, NotifierNames>()
            .AddSingleton<Rebuild>().AddHostedService(provider => provider.GetRequiredService<Rebuild>())
            .AddSingleton<AccountNaming>().AddHostedService(provider => provider.GetRequiredService<AccountNaming>());
        return service.Consumers(bus => bus.AddConsumer<AlertProjection, AlertProjectionDefinition>()).Jobs(Purge.Schedule);
    }
}
