using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Sigma.Hosting.Messaging;

namespace Sigma.Benchmarks.Broker;

/// <summary>Publishes batches as the fetcher and a gateway do, and looks at how many wait.</summary>
internal sealed class BatchPublisher : IAsyncDisposable
{
    readonly IBusControl _bus;
    readonly IConnection _connection;
    readonly IChannel _channel;

    BatchPublisher(IBusControl bus, IConnection connection, IChannel channel)
    {
        _bus = bus;
        _connection = connection;
        _channel = channel;
    }

    public static async Task<BatchPublisher> Start(Uri broker, CancellationToken ct)
    {
        MessageJson.WriteCompact();
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configure => configure.Host(broker));
        await bus.StartAsync(ct);
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(ct);
        return new BatchPublisher(bus, connection, await connection.CreateChannelAsync(cancellationToken: ct));
    }

    public Task Publish<T>(T batch, CancellationToken ct) where T : class => _bus.Publish(batch, ct);

    /// <summary>Messages in a queue that no consumer has yet.</summary>
    public async Task<uint> Waiting(string queue, CancellationToken ct) => await _channel.MessageCountAsync(queue, ct);

    /// <summary>Messages in the error queue of a queue; 0 when there is none yet.</summary>
    public async Task<uint> Failed(string queue, CancellationToken ct)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct); // the broker closes it when there is no such queue
        try
        {
            return await channel.MessageCountAsync(queue + "_error", ct);
        }
        catch (OperationInterruptedException)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await _bus.StopAsync();
    }
}
