using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sigma.Storage;

namespace Sigma.Hosting.Messaging;

/// <summary>What every receive endpoint does alike: durable queues, and patience with a database or a broker that is away.</summary>
internal static class Endpoints
{
    // A message waits in the hands of its consumer while the database is away; longer than this the broker takes it back.
    static readonly TimeSpan BrokerPatience = TimeSpan.FromHours(24);

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
        }
        ErrorQueue.Configure(endpoint);
        var dialect = context.GetRequiredService<IDialect>();
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(e => Causes(e).Any(cause => dialect.IsOutage(cause) || dialect.IsDenial(cause) || BrokerOutage.Is(cause)));
            retry.Exponential(int.MaxValue, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(500));
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(e => Causes(e).Any(cause => dialect.IsConflict(cause) || cause is ConcurrencyException));
            retry.Intervals(10, 25, 50, 100, 200, 400, 800, 1600);
        });
    }

    // A saga hands on what its activities throw within an exception of its own.
    static IEnumerable<Exception> Causes(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return e;
    }
}
