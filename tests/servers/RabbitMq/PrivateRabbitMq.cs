using Sigma.TestServers.Processes;

namespace Sigma.TestServers.RabbitMq;

/// <summary>A broker of our own: from installed programs if there are any, else in a container.</summary>
internal sealed class PrivateRabbitMq : IAsyncDisposable
{
    const string Image = "rabbitmq:4-management";

    readonly List<LeasedPort> _ports = [];
    readonly PrivateFolder _folder;
    InstalledServer? _portMapper;

    PrivateRabbitMq(PrivateFolder folder)
    {
        _folder = folder;
        Address = RabbitMqAddress.Private(LeasePort(), LeasePort(), LeasePort());
    }

    public RabbitMqAddress Address { get; }

    public IServer Server { get; private set; } = new GivenServer(RabbitMqAddress.Variable);

    public static async Task<PrivateRabbitMq> Prepare(string erlangArguments, CancellationToken ct)
    {
        var program = Docker.IsWanted ? null : RabbitMqBinaries.Find();
        if (program is null && !await Docker.IsAvailable(ct))
        {
            throw new ServerUnavailableException("RabbitMQ", RabbitMqAddress.Variable, "on Debian and Ubuntu: apt-get install rabbitmq-server");
        }
        var prepared = new PrivateRabbitMq(await PrivateFolder.Create("rabbitmq", ct));
        try
        {
            prepared.Server = program is null ? prepared.InContainer(erlangArguments) : await prepared.FromBinaries(program, erlangArguments, ct);
            return prepared;
        }
        catch
        {
            await prepared.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (_portMapper is not null) await _portMapper.DisposeAsync();
        await _folder.DisposeAsync();
        _ports.ForEach(port => port.Dispose());
    }

    ContainerServer InContainer(string erlangArguments) => new(_folder, Image,
        ["--hostname", "broker", "--publish", $"127.0.0.1:{Address.Port}:5672", "--publish", $"127.0.0.1:{Address.ManagementUrl.Port}:15672",
            "--publish", $"127.0.0.1:{Address.MetricsUrl.Port}:15692",
            "--env", $"RABBITMQ_DEFAULT_USER={Address.Username}", "--env", $"RABBITMQ_DEFAULT_PASS={Address.Password}",
            "--env", $"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS={erlangArguments}"], []);

    async Task<InstalledServer> FromBinaries(string program, string erlangArguments, CancellationToken ct)
    {
        var portMapperPort = LeasePort();
        _portMapper = RabbitMqBinaries.PortMapper(_folder, portMapperPort);
        if (_portMapper is not null) await _portMapper.Start(ct);
        return RabbitMqBinaries.Broker(program, _folder, Address, LeasePort(), _portMapper is null ? null : portMapperPort, erlangArguments);
    }

    int LeasePort()
    {
        var port = LeasedPort.Take();
        _ports.Add(port);
        return port.Number;
    }
}
