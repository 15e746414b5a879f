using Sigma.TestServers.Processes;
using Testcontainers.RabbitMq;

namespace Sigma.TestServers.RabbitMq;

/// <summary>A broker of our own: from installed programs, or in a container.</summary>
internal sealed class PrivateRabbitMq : IAsyncDisposable
{
    const string Image = "rabbitmq:4-management";

    /// <summary>Leased for a container too: the random ports of Testcontainers are others after each start.</summary>
    readonly List<LeasedPort> _ports = [];
    PrivateFolder? _folder;
    InstalledServer? _portMapper;

    PrivateRabbitMq() => Address = RabbitMqAddress.Private("127.0.0.1", LeasePort(), LeasePort(), LeasePort());

    public RabbitMqAddress Address { get; private set; }

    public IServer Server { get; private set; } = new GivenServer(RabbitMqAddress.Variable);

    public static async Task<PrivateRabbitMq> Prepare(string erlangArguments, CancellationToken ct)
    {
        var program = RabbitMqBinaries.Find();
        var prepared = new PrivateRabbitMq();
        try
        {
            if (DockerEngine.Replaces(program))
                prepared.UseContainer(erlangArguments);
            else if (program is not null)
                await prepared.UseProgram(program, erlangArguments, ct);
            else
                throw new ServerUnavailableException("RabbitMQ", RabbitMqAddress.Variable, "on Debian and Ubuntu: apt-get install rabbitmq-server");
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
        if (_folder is not null) await _folder.DisposeAsync();
        _ports.ForEach(port => port.Dispose());
    }

    async Task UseProgram(string program, string erlangArguments, CancellationToken ct)
    {
        _folder = await PrivateFolder.Create("rabbitmq", ct);
        var portMapperPort = LeasePort();
        _portMapper = RabbitMqBinaries.PortMapper(_folder, portMapperPort);
        if (_portMapper is not null) await _portMapper.Start(ct);
        Server = RabbitMqBinaries.Broker(program, _folder, Address, LeasePort(), _portMapper is null ? null : portMapperPort, erlangArguments);
    }

    void UseContainer(string erlangArguments)
    {
        var container = new RabbitMqBuilder(Image)
            .WithUsername(Address.Username)
            .WithPassword(Address.Password)
            .WithPortBinding(Address.Port, RabbitMqBuilder.RabbitMqPort)
            .WithPortBinding(Address.ManagementUrl.Port, 15672)
            .WithPortBinding(Address.MetricsUrl.Port, 15692)
            .WithCreateParameterModifier(DockerEngine.PublishOnLoopback)
            .WithEnvironment("RABBITMQ_LOGS", "-") // Testcontainers reads on the console that the broker has started
            .WithEnvironment("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", erlangArguments)
            .Build();
        Server = new ContainerServer(container);
        Address = RabbitMqAddress.Private(container.Hostname, Address.Port, Address.ManagementUrl.Port, Address.MetricsUrl.Port);
    }

    int LeasePort()
    {
        var port = LeasedPort.Take();
        _ports.Add(port);
        return port.Number;
    }
}
