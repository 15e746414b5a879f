using Sigma.TestServers.Processes;

namespace Sigma.TestServers.Databases;

/// <summary>A database server of our own: from installed programs if there are any, else in a container.</summary>
internal sealed class PrivateDatabase : IAsyncDisposable
{
    const string Image = "mysql:8.4";

    readonly LeasedPort _port = LeasedPort.Take();
    readonly PrivateFolder _folder;

    PrivateDatabase(PrivateFolder folder, string username)
    {
        _folder = folder;
        Address = new DatabaseAddress("127.0.0.1", _port.Number, username, "sigma");
    }

    public DatabaseAddress Address { get; }

    public IServer Server { get; private set; } = new GivenServer(DatabaseAddress.Variable);

    public static async Task<PrivateDatabase> Prepare(ServerCertificate? certificate, CancellationToken ct)
    {
        var program = Docker.IsWanted ? null : DatabaseBinaries.Find();
        if (program is null && !await Docker.IsAvailable(ct))
        {
            throw new ServerUnavailableException("MySQL or MariaDB", DatabaseAddress.Variable,
                "on Debian and Ubuntu: apt-get install mariadb-server");
        }
        var prepared = new PrivateDatabase(await PrivateFolder.Create("database", ct), program is null ? "root" : "sigma");
        try
        {
            prepared.Server = program is null
                ? prepared.InContainer(certificate)
                : await DatabaseBinaries.Initialized(program, prepared._folder, prepared.Address, certificate, ct);
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
        await _folder.DisposeAsync();
        _port.Dispose();
    }

    ContainerServer InContainer(ServerCertificate? certificate) => new(_folder, Image,
        [.. certificate is null ? (string[])[] : ["--volume", $"{certificate.Folder}:{ServerCertificate.InContainer}:ro"],
            "--publish", $"127.0.0.1:{Address.Port}:3306", "--env", $"MYSQL_ROOT_PASSWORD={Address.Password}", "--env", "MYSQL_ROOT_HOST=%"],
        [.. DatabaseBinaries.Tuning, .. certificate?.DatabaseOptions(ServerCertificate.InContainer) ?? []]);
}
