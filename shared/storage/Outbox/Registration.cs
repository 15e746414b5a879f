using MassTransit;
using MassTransit.Configuration;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Storage.ClockSteps;

namespace Sigma.Storage.Outbox;

/// <summary>Wires the outbox into a service.</summary>
public static class Registration
{
    /// <summary>The outbox of this service and its relay; <paramref name="prepare"/> sees each message before the transport does.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services, OutboxOwner owner, Action<SendContext> prepare) => services
        .AddSingleton(owner)
        .AddSingleton(new RelayedSend(prepare))
        .AddSingleton<OutboxTable>()
        .AddSingleton<IClockStepRepair>(provider => provider.GetRequiredService<OutboxTable>())
        .AddSingleton<RelaySignal>()
        .AddSingleton(provider => new OutboxSender(
            provider.GetRequiredService<IBus>(), provider.GetRequiredService<OutboxTable>(), provider.GetRequiredService<RelaySignal>()))
        .AddSingleton<ConsumedMessages>()
        .AddReceiveObserver(provider => provider.GetRequiredService<ConsumedMessages>()) // by its type alone it would be another instance
        .AddScoped<IOutboxContextFactory<DbSession>, TransactionalContextFactory>()
        .AddHostedService<OutboxRelay>()
        .AddHostedService<OutboxCount>();

    /// <summary>Each message of this endpoint runs in one transaction together with what its consumer publishes. Goes inside any retry.</summary>
    public static void UseTransaction(this IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        var observer = new OutboxConsumePipeSpecificationObserver<DbSession>(endpoint, context);
        endpoint.ConnectConsumerConfigurationObserver(observer);
        endpoint.ConnectSagaConfigurationObserver(observer);
    }
}
