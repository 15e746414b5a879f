using Sigma.TestServers.Processes;
using Sigma.TestServers.RabbitMq;

namespace Sigma.TestServers;

/// <summary>A real RabbitMQ with its management page.</summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    readonly RabbitMqAddress _address;
    readonly IServer _server;
    readonly IAsyncDisposable? _owned;
    readonly RabbitMqManagement _management;

    RabbitMqServer(RabbitMqAddress address, IServer server, IAsyncDisposable? owned)
    {
        _address = address;
        _server = server;
        _owned = owned;
        _management = new RabbitMqManagement(address);
    }

    /// <summary>Name or address of the machine.</summary>
    public string Host => _address.Host;

    /// <summary>The AMQP port.</summary>
    public int Port => _address.Port;

    /// <summary>The management page and its HTTP API.</summary>
    public Uri ManagementUrl => _address.ManagementUrl;

    /// <summary>Where its figures are read, in Prometheus' format.</summary>
    public Uri MetricsUrl => _address.MetricsUrl;

    /// <summary>An administrator.</summary>
    public string Username => _address.Username;

    /// <summary>The administrator's password.</summary>
    public string Password => _address.Password;

    /// <summary>The broker's version, for reports.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Where the broker comes from: environment, installed program or container.</summary>
    public string Origin => _server.Origin;

    /// <summary>The process to watch or to signal; only for a private broker.</summary>
    public int ProcessId => _server.ProcessId;

    /// <summary>The broker named by SIGMA_TEST_RABBITMQ and SIGMA_TEST_RABBITMQ_MANAGEMENT; without them, a private one.</summary>
    public static async Task<RabbitMqServer> Get(CancellationToken ct = default) => RabbitMqAddress.FromEnvironment() is { } given
        ? await new RabbitMqServer(given, new GivenServer(RabbitMqAddress.Variable), owned: null).Started(ct)
        : await StartPrivate(ct: ct);

    /// <summary>A broker that nobody else uses, whatever the environment says: for tests that kill it.</summary>
    /// <param name="erlangArguments">Such as <c>-rabbit consumer_timeout 15000</c>: everything the broker can be told, which its rabbitmq.conf does
    /// not let one say.</param>
    /// <param name="ct">Ends the waiting.</param>
    public static async Task<RabbitMqServer> StartPrivate(string erlangArguments = "", CancellationToken ct = default)
    {
        var prepared = await PrivateRabbitMq.Prepare(erlangArguments, ct);
        return await new RabbitMqServer(prepared.Address, prepared.Server, prepared).Started(ct);
    }

    /// <summary>The address of a virtual host, for clients that take one.</summary>
    public Uri AmqpUri(string virtualHost) =>
        new($"amqp://{Uri.EscapeDataString(Username)}:{Uri.EscapeDataString(Password)}@{Host}:{Port}/{Uri.EscapeDataString(virtualHost)}");

    /// <summary>Creates a virtual host in which this user may do everything.</summary>
    public Task CreateVirtualHost(string name, CancellationToken ct = default) => _management.CreateVirtualHost(name, ct);

    /// <summary>Deletes a virtual host with its queues; connections to it are cut.</summary>
    public Task DeleteVirtualHost(string name, CancellationToken ct = default) => _management.DeleteVirtualHost(name, ct);

    /// <summary>Closes every client's connection, as a network that breaks would.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> CutConnections(CancellationToken ct = default) => _management.CutConnections(ct);

    /// <summary>Ends the broker with SIGKILL, as a crash would.</summary>
    public Task Kill(CancellationToken ct = default) => _server.Kill(ct);

    /// <summary>Ends the broker with SIGTERM, as an operator would.</summary>
    public Task Stop(CancellationToken ct = default) => _server.Stop(ct);

    /// <summary>Starts the broker again with the same ports and data, stopping it first if it runs, and waits until it takes connections.</summary>
    public async Task Restart(CancellationToken ct = default)
    {
        await _server.Stop(ct);
        await Start(ct);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _management.Dispose();
        if (_owned is not null) await _owned.DisposeAsync();
    }

    async Task<RabbitMqServer> Started(CancellationToken ct)
    {
        try
        {
            await Start(ct);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    async Task Start(CancellationToken ct)
    {
        await _server.Start(ct);
        await Readiness.Await(_server, "RabbitMQ", StartTimeout, async token => Version = await _management.Version(token), ct);
    }
}
