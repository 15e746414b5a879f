using System.Diagnostics;
using RabbitMQ.Client;

namespace Sigma.TestServers.Checks;

public sealed class RabbitMqServerChecks
{
    [Fact]
    public async Task A_virtual_host_is_usable_until_it_is_deleted()
    {
        await using var broker = await RabbitMqServer.Get();
        var virtualHost = $"check-{Guid.NewGuid():N}";

        await broker.CreateVirtualHost(virtualHost);
        await OpenChannel(broker, virtualHost);
        await broker.DeleteVirtualHost(virtualHost);

        await Assert.ThrowsAnyAsync<Exception>(() => OpenChannel(broker, virtualHost));
    }

    [Fact]
    public async Task A_durable_message_survives_SIGKILL_of_the_broker()
    {
        await using var broker = await RabbitMqServer.StartPrivate();
        await DurableQueue.Declare(broker);
        await broker.Restart(); // RabbitMQ 3.10 writes down a moment after its answer that a queue was declared; one killed before does not know it
        await DurableQueue.Fill(broker, "kept");
        var port = broker.Port;
        var killed = broker.ProcessId;

        await broker.Kill();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(killed));
        await broker.Restart();

        Assert.Equal(port, broker.Port);
        Assert.NotEqual(killed, broker.ProcessId);
        Assert.Equal("kept", await DurableQueue.Take(broker));
    }

    [Fact]
    public async Task A_durable_message_survives_an_orderly_restart_of_the_broker()
    {
        await using var broker = await RabbitMqServer.StartPrivate();
        await DurableQueue.Declare(broker);
        await DurableQueue.Fill(broker, "kept");

        await broker.Restart();

        Assert.Equal("kept", await DurableQueue.Take(broker));
    }

    /// <summary>A channel, because the client hands out a connection even to a virtual host that the broker has just refused.</summary>
    static async Task OpenChannel(RabbitMqServer broker, string virtualHost)
    {
        await using var connection = await Connect(broker, virtualHost);
        await using var channel = await connection.CreateChannelAsync();
    }

    internal static Task<IConnection> Connect(RabbitMqServer broker, string virtualHost) => new ConnectionFactory
    {
        HostName = broker.Host,
        Port = broker.Port,
        UserName = broker.Username,
        Password = broker.Password,
        VirtualHost = virtualHost
    }.CreateConnectionAsync();
}
