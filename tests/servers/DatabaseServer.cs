using System.Globalization;
using MySqlConnector;
using Sigma.TestServers.Databases;
using Sigma.TestServers.Processes;

namespace Sigma.TestServers;

/// <summary>A real MySQL or MariaDB.</summary>
public sealed class DatabaseServer : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    readonly DatabaseAddress _address;
    readonly IServer _server;
    readonly IAsyncDisposable? _owned;

    DatabaseServer(DatabaseAddress address, IServer server, IAsyncDisposable? owned)
    {
        _address = address;
        _server = server;
        _owned = owned;
    }

    /// <summary>Name or address of the machine.</summary>
    public string Host => _address.Host;

    /// <summary>The port.</summary>
    public int Port => _address.Port;

    /// <summary>An administrator.</summary>
    public string Username => _address.Username;

    /// <summary>The administrator's password.</summary>
    public string Password => _address.Password;

    /// <summary>MySQL or MariaDB, for reports.</summary>
    public DatabaseKind Kind => Version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? DatabaseKind.MariaDb : DatabaseKind.MySql;

    /// <summary>The server's version in its own words, for reports.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Where the server comes from: environment, installed program or container.</summary>
    public string Origin => _server.Origin;

    /// <summary>The process to watch or to signal; only for a private server.</summary>
    public int ProcessId => _server.ProcessId;

    /// <summary>The server named by SIGMA_TEST_MYSQL; without it, a private one.</summary>
    public static async Task<DatabaseServer> Get(CancellationToken ct = default) => DatabaseAddress.FromEnvironment() is { } given
        ? await new DatabaseServer(given, new GivenServer(DatabaseAddress.Variable), owned: null).Started(ct)
        : await StartPrivate(ct);

    /// <summary>A server that nobody else uses, whatever the environment says: for tests that kill it.</summary>
    public static async Task<DatabaseServer> StartPrivate(CancellationToken ct = default, ServerCertificate? certificate = null)
    {
        var prepared = await PrivateDatabase.Prepare(certificate, ct);
        return await new DatabaseServer(prepared.Address, prepared.Server, prepared).Started(ct);
    }

    /// <summary>Creates an empty database of a new name and returns a connection string for MySqlConnector.</summary>
    public async Task<string> CreateDatabase(CancellationToken ct = default)
    {
        var name = $"sigma_{Guid.NewGuid():N}";
        await Execute($"CREATE DATABASE `{name}` CHARACTER SET utf8mb4", ct);
        return _address.ConnectionString(name);
    }

    /// <summary>
    /// Drops a database made by <see cref="CreateDatabase" /> and ends its sessions: pools of a process that goes on would keep them for minutes.
    /// </summary>
    public async Task DropDatabase(string connectionString, CancellationToken ct = default)
    {
        var name = new MySqlConnectionStringBuilder(connectionString).Database;
        await EndSessions(database => database == name, ct);
        await Execute($"DROP DATABASE `{name}`", ct);
    }

    /// <summary>Ends every other session, as a network that breaks would.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> CutConnections(CancellationToken ct = default) => EndSessions(_ => true, ct);

    /// <summary>Ends the server with SIGKILL, as a crash would.</summary>
    public Task Kill(CancellationToken ct = default) => _server.Kill(ct);

    /// <summary>Ends the server with SIGTERM, as an operator would.</summary>
    public Task Stop(CancellationToken ct = default) => _server.Stop(ct);

    /// <summary>Starts the server again with the same port and data, stopping it first if it runs, and waits until it answers.</summary>
    public async Task Restart(CancellationToken ct = default)
    {
        await _server.Stop(ct);
        await Start(ct);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _owned?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task<DatabaseServer> Started(CancellationToken ct)
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
        await Readiness.Await(_server, "The database server", StartTimeout,
            async token => Version = (string)(await Execute("SELECT VERSION()", token))!, ct);
    }

    async Task<int> EndSessions(Func<string, bool> ofDatabase, CancellationToken ct)
    {
        await using var connection = new MySqlConnection(_address.ConnectionString(database: null, pooling: false)); // itself without a database
        await connection.OpenAsync(ct);
        List<ulong> sessions = [];
        // MySQL's information_schema.processlist refuses to be read while a statement with binary text in it is running.
        await using (var others = new MySqlCommand("SHOW PROCESSLIST", connection))
        {
            await using var row = await others.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
                if (row["db"] is string database && ofDatabase(database))
                    sessions.Add(Convert.ToUInt64(row["Id"], CultureInfo.InvariantCulture));
        }
        foreach (var session in sessions)
            try
            {
                await using var kill = new MySqlCommand($"KILL {session}", connection);
                await kill.ExecuteNonQueryAsync(ct);
            }
            catch (MySqlException gone) when (gone.Number == 1094)
            {
                continue; // it ended meanwhile
            }
        return sessions.Count;
    }

    /// <summary>Without a pool: a pooled connection would outlive a killed server.</summary>
    async Task<object?> Execute(string statement, CancellationToken ct)
    {
        await using var connection = new MySqlConnection(_address.ConnectionString(database: null, pooling: false));
        await connection.OpenAsync(ct);
        await using var command = new MySqlCommand(statement, connection);
        return await command.ExecuteScalarAsync(ct);
    }
}
