using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sigma.Hosting.Messaging;

/// <summary>MassTransit, set up the same for every service.</summary>
internal static class Bus
{
    // Above any broker's limit: the client would cut the connection at a larger message, get it again, and never come to refuse it.
    public const uint LargestInbound = 1 << 30;

    static readonly string[] HeardByChoice = [":AlertUpdated", ":ShadowAlertRaised", ":ShadowAlertCleared"];

    public static BusTransport Add(ServiceBuilder builder, IReadOnlyList<Action<IBusRegistrationConfigurator>> parts)
    {
        builder.Settings<RabbitMqOptions>("RabbitMq").Settings<BusOptions>("Bus");
        builder.Services.AddSingleton<BrokerTls>().AddSingleton<BrokerClient>().AddSingleton<BrokerListening>().AddSingleton<ExitDecision>()
            .AddSingleton<Retries>();
        var transport = builder.Configuration.GetSection("Bus").Get<BusOptions>()?.Transport ?? BusTransport.RabbitMq;

        builder.Services.Configure<MassTransitHostOptions>(options =>
        {
            options.WaitUntilStarted = false; // a broker that comes later is a matter of readiness, not of start
            options.StopTimeout = TimeSpan.FromSeconds(8);
            options.ConsumerStopTimeout = TimeSpan.FromSeconds(5);
        });
        MessageJson.WriteCompact();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            foreach (var part in parts)
                part(bus);
            bus.AddConfigureEndpointsCallback((context, _, endpoint) => Endpoints.Configure(context, endpoint));
            if (transport == BusTransport.InMemory)
                bus.UsingInMemory((context, configure) =>
                {
                    configure.AddDeserializer(new LargeMessages(), isDefault: true);
                    configure.ConfigureEndpoints(context);
                });
            else
                bus.UsingRabbitMq((context, configure) =>
                {
                    var broker = context.GetRequiredService<IOptions<RabbitMqOptions>>().Value;
                    configure.Host(broker.Host, (ushort)broker.Port, broker.VirtualHost, builder.Name, host =>
                    {
                        host.Username(broker.Username);
                        host.Password(broker.Password);
                        host.PublisherConfirmation = true;
                        host.Heartbeat(broker.Heartbeat);
                        context.GetRequiredService<BrokerTls>().Configure(host);
                        host.MaxMessageSize(LargestInbound);
                        host.OnRefreshConnectionFactory = context.GetRequiredService<BrokerListening>().Wait;
                    });
                    configure.AddDeserializer(new LargeMessages(), isDefault: true);
                    configure.ConfigureEndpoints(context);
                });
        });
        // After the bus, which it watches.
        if (transport == BusTransport.RabbitMq)
            builder.Services.AddSingleton<EndpointTraffic>().AddSingleton<BrokerRefusals>().AddSingleton<BrokerProbe>()
                .AddReceiveObserver(provider => provider.GetRequiredService<EndpointTraffic>()).AddHostedService<BusWatch>();
        return transport;
    }

    /// <summary>
    /// What the relay sends must reach a queue: an alert nobody listens to yet waits in the outbox, the broker does not take it and forget it. Not
    /// so what an installation need not listen to.
    /// </summary>
    public static void MustReachAQueue(SendContext message)
    {
        if (!HeardByChoice.Any(name => message.DestinationAddress?.AbsolutePath.EndsWith(name, StringComparison.Ordinal) == true)
            && message.TryGetPayload<RabbitMqSendContext>(out var outgoing))
            outgoing.Mandatory = true;
    }
}
