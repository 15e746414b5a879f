using DotNet.Testcontainers.Builders;
using Sigma.TestServers.Processes;
using Testcontainers.MySql;

namespace Sigma.TestServers.Databases;

/// <summary>A database server of our own: from installed programs, or in a container.</summary>
internal sealed class PrivateDatabase : IAsyncDisposable
{
    const string Image = "mysql:8.4";
    const string Password = "sigma";

    /// <summary>Leased for a container too: the random ports of Testcontainers are others after each start.</summary>
    readonly LeasedPort _port = LeasedPort.Take();
    PrivateFolder? _folder;

    PrivateDatabase() => Address = new DatabaseAddress("127.0.0.1", _port.Number, "sigma", Password);

    public DatabaseAddress Address { get; private set; }

    public IServer Server { get; private set; } = new GivenServer(DatabaseAddress.Variable);

    public static async Task<PrivateDatabase> Prepare(ServerCertificate? certificate, CancellationToken ct)
    {
        var program = DatabaseBinaries.Find();
        var prepared = new PrivateDatabase();
        try
        {
            if (DockerEngine.Replaces(program))
                prepared.UseContainer(certificate);
            else if (program is not null)
                await prepared.UseProgram(program, certificate, ct);
            else
                throw new ServerUnavailableException("MySQL or MariaDB", DatabaseAddress.Variable,
                    "on Debian and Ubuntu: apt-get install mariadb-server");
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
        if (_folder is not null) await _folder.DisposeAsync();
        _port.Dispose();
    }

    async Task UseProgram(string program, ServerCertificate? certificate, CancellationToken ct)
    {
        _folder = await PrivateFolder.Create("database", ct);
        Server = await DatabaseBinaries.Initialized(program, _folder, Address, certificate, ct);
    }

    void UseContainer(ServerCertificate? certificate)
    {
        var builder = new MySqlBuilder(Image)
            .WithUsername("root")
            .WithPassword(Password)
            .WithPortBinding(_port.Number, MySqlBuilder.MySqlPort)
            .WithCreateParameterModifier(DockerEngine.PublishOnLoopback)
            // The module would have a client ask inside, with settings that clients of the image's start script read too.
            .WithStartupCallback((_, _) => Task.CompletedTask)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilInternalTcpPortIsAvailable(MySqlBuilder.MySqlPort))
            .WithCommand([.. DatabaseBinaries.Tuning, .. certificate?.DatabaseOptions(ServerCertificate.InContainer) ?? []]);
        if (certificate is not null)
            builder = builder.WithResourceMapping(new DirectoryInfo(certificate.Folder), ServerCertificate.InContainer);
        var container = builder.Build();
        Server = new ContainerServer(container);
        Address = new DatabaseAddress(container.Hostname, _port.Number, "root", Password);
    }
}
