using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sigma.IntegrationTests.Outages;

/// <summary>
/// The network before a broker. It can forget connections, as a firewall does: neither side hears anything any more, nor that the other is gone.
/// </summary>
internal sealed class BrokerFront : IAsyncDisposable
{
    readonly int _broker;
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentDictionary<Connection, bool> _connections = new();
    readonly int _port;
    TcpListener? _listener;

    public BrokerFront(int broker)
    {
        _broker = broker;
        _port = ((IPEndPoint)Listen(port: 0).LocalEndpoint).Port;
    }

    public int Port => _port;

    /// <summary>Forgets the connections there are; new ones work.</summary>
    public void ForgetConnections()
    {
        foreach (var connection in _connections.Keys)
            connection.Forgotten = true;
    }

    /// <summary>Closes all connections and refuses new ones.</summary>
    public void Close()
    {
        _listener!.Stop();
        foreach (var connection in _connections.Keys)
            connection.Dispose();
    }

    public void Open() => Listen(_port);

    public async ValueTask DisposeAsync()
    {
        Close();
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    TcpListener Listen(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _ = Accept(_listener);
        return _listener;
    }

    async Task Accept(TcpListener listener)
    {
        while (true)
            _ = PassOn(await listener.AcceptTcpClientAsync(_stop.Token));
    }

    async Task PassOn(TcpClient client)
    {
        using Connection connection = new(client, new TcpClient());
        _connections[connection] = true;
        try
        {
            await connection.Broker.ConnectAsync(IPAddress.Loopback, _broker, _stop.Token);
            await Task.WhenAny(Copy(connection, client, connection.Broker), Copy(connection, connection.Broker, client));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // one of the two is gone
        }
        _connections.TryRemove(connection, out _);
    }

    async Task Copy(Connection connection, TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is var read and > 0)
                if (!connection.Forgotten)
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or OperationCanceledException)
        {
            // one of the two is gone
        }
    }

    sealed class Connection(TcpClient client, TcpClient broker) : IDisposable
    {
        public TcpClient Broker => broker;

        public volatile bool Forgotten;

        public void Dispose()
        {
            client.Dispose();
            broker.Dispose();
        }
    }
}
