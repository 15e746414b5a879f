using System.Data.Common;
using Dapper;
using Sigma.Faults.Traffic;
using Sigma.Faults.Watching;
using Sigma.Simulator;
using Sigma.Storage;
using Sigma.TestServers;

namespace Sigma.Faults.Stations;

/// <summary>Servers of its own, the simulator, a subscriber, and two of each service as processes.</summary>
internal sealed class Station : IAsyncDisposable
{
    // A consumer that holds a message for longer loses its channel; the broker looks every few seconds, so that freezing a service brings it about.
    const string BrokerSettings = "-rabbit consumer_timeout 15000 -rabbit channel_tick_interval 5000";

    static readonly (string Name, string Assembly)[] Kinds = [("fetcher", "Sigma.Fetcher.dll"), ("evaluator", "Sigma.Evaluator.dll"),
        ("notifier", "Sigma.Notifier.dll"), ("gateway", "Sigma.Gateway.dll")];

    const string VirtualHost = "faults";

    // The services' own account, which can be limited.
    const string Account = "station";

    Station(RabbitMqServer broker, DatabaseServer databaseServer, SimulatorApp simulator, AlertLog alerts, string connectionString,
        List<Service> services, string logs)
    {
        Broker = broker;
        DatabaseServer = databaseServer;
        Simulator = simulator;
        Alerts = alerts;
        Services = services;
        Logs = logs;
        Database = new Database(Dialects.Of(StorageProvider.MySql), connectionString);
    }

    public RabbitMqServer Broker { get; }

    public Uri BrokerAddress => Broker.AmqpUri(VirtualHost);

    public DatabaseServer DatabaseServer { get; }
    public Database Database { get; }
    public SimulatorApp Simulator { get; }
    public AlertLog Alerts { get; }
    public IReadOnlyList<Service> Services { get; }

    public IReadOnlyList<Service> Gateways => [.. Services.Where(service => service.Name.StartsWith("gateway", StringComparison.Ordinal))];

    /// <summary>Folder of the services' logs.</summary>
    public string Logs { get; }

    public static async Task<Station> Start(int seed, CancellationToken ct)
    {
        Progress.Say("Starting RabbitMQ, the database and the simulator");
        var starting = (Broker: RabbitMqServer.StartPrivate(BrokerSettings, ct), Database: DatabaseServer.StartPrivate(ct));
        var broker = await starting.Broker;
        var database = await starting.Database;
        await broker.CreateVirtualHost(VirtualHost, ct);
        var connectionString = await database.CreateDatabase(ct);
        var simulator = await SimulatorApp.Start(new SimulatorOptions { Seed = seed, SystemUserId = Plan.SystemUser }, cancellationToken: ct);
        var alerts = await AlertLog.Open(broker.AmqpUri(VirtualHost), ct);

        var logs = Directory.CreateTempSubdirectory("sigma-faults-").FullName;
        Progress.Say($"Starting two of each service; their logs: {logs}");
        var settings = Settings.Of(broker, VirtualHost, await AddAccount(connectionString, ct), simulator);
        var services = (from number in (int[])[1, 2] from kind in Kinds select new Service($"{kind.Name}-{number}", kind.Assembly, settings, logs))
            .ToList();
        var station = new Station(broker, database, simulator, alerts, connectionString, services, logs);
        try
        {
            foreach (var service in services)
            {
                await service.Ready(ct);
                service.Watch();
            }
            // A quorum queue that is killed within seconds of its creation may not come back (seen with RabbitMQ 3.10): one orderly restart puts all
            // on disk.
            await broker.Restart(ct);
            return station;
        }
        catch
        {
            await station.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many connections the services may have; 0 for any number.</summary>
    public async Task LimitConnections(int connections, CancellationToken ct)
    {
        await using var administrator = await Database.Open(ct);
        await administrator.ExecuteAsync($"alter user '{Account}'@'%' with max_user_connections {connections}");
    }

    static async Task<string> AddAccount(string administrators, CancellationToken ct)
    {
        await using var administrator = await new Database(Dialects.Of(StorageProvider.MySql), administrators).Open(ct);
        await administrator.ExecuteAsync(
            $"create user '{Account}'@'%' identified by '{Account}'; grant all on `{administrator.Database}`.* to '{Account}'@'%'");
        return new DbConnectionStringBuilder { ConnectionString = administrators, ["user id"] = Account, ["password"] = Account }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Services.Select(service => service.DisposeAsync().AsTask()));
        await Alerts.DisposeAsync();
        await Simulator.DisposeAsync();
        await DatabaseServer.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
