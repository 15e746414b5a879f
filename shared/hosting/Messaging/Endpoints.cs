using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sigma.Storage;

namespace Sigma.Hosting.Messaging;

/// <summary>What every receive endpoint does alike: durable queues, and patience with whatever is not a message's own fault.</summary>
internal static class Endpoints
{
    // A message waits in the hands of its consumer while the database is away; longer than this the broker takes it back.
    static readonly TimeSpan BrokerPatience = TimeSpan.FromHours(24);

    // Two transactions that met are apart after a few hundredths of a second; a server that is away is asked every 10 s.
    static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(10), LongestWait = TimeSpan.FromSeconds(10),
        Growth = TimeSpan.FromMilliseconds(15);

    // With the waits above about two minutes.
    const int TriesOfADefect = 21;

    public static void Configure(IRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
        {
            if (context.GetRequiredService<IOptions<RabbitMqOptions>>().Value.QuorumQueues)
            {
                queue.SetQuorumQueue();
                // RabbitMQ 4 drops a message after 20 broken-off deliveries; a broker that flaps a whole night must not get there.
                queue.SetQueueArgument("x-delivery-limit", 10_000);
            }
            queue.SetQueueArgument("x-consumer-timeout", (long)BrokerPatience.TotalMilliseconds);
            queue.ConfigureChannel(channel => channel.UseFilter(context.GetRequiredService<BrokerRefusals>()));
        }
        ErrorPipeline.Configure(endpoint);
        var fault = new FaultOrigin(context.GetRequiredService<IDialect>());
        var retries = context.GetRequiredService<Retries>();
        endpoint.ConfigureReceive(receive => receive.UseFilter(retries));
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(fault.WillPass);
            retry.Exponential(int.MaxValue, FirstWait, LongestWait, Growth);
            retry.ConnectRetryObserver(retries);
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(fault.IsDefect);
            retry.Exponential(TriesOfADefect, FirstWait, LongestWait, Growth);
            retry.ConnectRetryObserver(retries);
        });
    }
}
