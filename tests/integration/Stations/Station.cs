using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Dapper;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using Sigma.Cli.Schema;
using Sigma.Evaluator;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Rules;
using Sigma.Fetcher;
using Sigma.Hosting;
using Sigma.IntegrationTests.Faults;
using Sigma.Notifier;
using Sigma.Simulator;
using Sigma.Storage;
using Sigma.Storage.Schema;
using Sigma.TestServers;

namespace Sigma.IntegrationTests.Stations;

/// <summary>A station of its own for one test: virtual host, database, clock, and as many services as it starts.</summary>
internal sealed class Station : IAsyncDisposable
{
    static readonly string[] Queues = [.. EvaluatorQueues.All, .. NotifierQueues.All];

    static readonly Lazy<string> TablesScript = new(() => SchemaScript.Write(Dialects.Of(StorageProvider.MySql), ServiceSchemas.All));

    readonly RabbitMqServer _broker;
    readonly DatabaseServer _server;
    readonly string _virtualHost, _connectionString;
    readonly ITestOutputHelper _output;
    readonly SemaphoreSlim _starting = new(1);
    readonly List<WebApplication> _services = [];
    readonly List<SimulatorApp> _simulators = [];

    Station(RabbitMqServer broker, DatabaseServer server, string virtualHost, string connectionString, AmqpSubscriber amqpSubscriber,
        FaultPlan? faults, ITestOutputHelper output)
    {
        _broker = broker;
        _server = server;
        _virtualHost = virtualHost;
        _connectionString = connectionString;
        Mailbox = amqpSubscriber;
        Faults = faults;
        _output = output;
        Alerts = new Alerts(amqpSubscriber);
        Database = new Database(Dialects.Of(StorageProvider.MySql), connectionString);
        Settings = new Dictionary<string, string?>
        {
            ["LOG_FORMAT"] = "none",
            ["Storage:Provider"] = "MySql",
            ["Storage:ConnectionString"] = connectionString,
            ["RabbitMq:Host"] = broker.Host,
            ["RabbitMq:Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["RabbitMq:VirtualHost"] = virtualHost,
            ["RabbitMq:Username"] = broker.Username,
            ["RabbitMq:Password"] = broker.Password,
            ["RabbitMq:LeaveAfter"] = "1.00:00:00", // the process is the tests'
        };
    }

    public ShiftedClock Clock { get; } = new();
    public Traffic Traffic { get; } = new();
    public Alerts Alerts { get; }
    public AmqpSubscriber Mailbox { get; }
    public Database Database { get; }
    public Dictionary<string, string?> Settings { get; }

    /// <summary>What goes wrong inside the services; null when nothing does.</summary>
    public FaultPlan? Faults { get; private set; }

    public Uri Broker => _broker.AmqpUri(_virtualHost);

    /// <summary>
    /// An empty station, with the tables of all services unless they are to be made by those that start; with servers of its own for tests that kill
    /// them.
    /// </summary>
    public static async Task<Station> Create(ITestOutputHelper output, RabbitMqServer? broker = null, DatabaseServer? database = null,
        bool subscribed = true, bool tables = true, [CallerMemberName] string test = "")
    {
        broker ??= await Servers.Broker;
        database ??= await Servers.Database;
        var virtualHost = "test-" + Guid.NewGuid().ToString("N")[..12];
        await broker.CreateVirtualHost(virtualHost);
        var amqpSubscriber =
            await AmqpSubscriber.Open(broker.AmqpUri(virtualHost), subscribed
                ? [Alerts.RaisedExchange, Alerts.ClearedExchange, Alerts.AcknowledgedExchange] : []);
        var station = new Station(broker, database, virtualHost, await database.CreateDatabase(), amqpSubscriber, FaultPlan.Of(test), output);
        if (tables)
            await station.MakeTables();
        return station;
    }

    /// <summary>For the few tests whose subject is a number or a moment that a fault rightly changes.</summary>
    public void WithoutFaults(string reason)
    {
        if (Faults is not null)
            _output.WriteLine($"No faults are injected: {reason}");
        Faults = null;
    }

    public async Task<WebApplication> StartEvaluator()
    {
        var evaluator = await Start("evaluator", service => service.AddEvaluator());
        var inForce = evaluator.Services.GetRequiredService<RulesInForce>();
        await Await.Until(() => Task.FromResult(evaluator.Services.GetRequiredService<RuleSet>().All.All(inForce.Includes)), applied => applied,
            "what is stored is counted by the rules");
        return evaluator;
    }

    public Task<WebApplication> StartNotifier() => Start("notifier", service => service.AddNotifier());

    /// <summary>A fetcher that polls once by itself; after that a test polls by hand.</summary>
    public async Task<Fetching> StartFetcher() => new(await Start("fetcher", service => service.AddFetcher()));

    /// <summary>Segware and ChatPro for this station, on its clock; the services started after this use them.</summary>
    public async Task<SimulatorApp> StartSimulator(SimulatorOptions? options = null)
    {
        var simulator = await SimulatorApp.Start(options, Clock);
        _simulators.Add(simulator);
        Settings["Segware:BaseUrl"] = Settings["ChatPro:BaseUrl"] = simulator.Url.ToString();
        Settings["Segware:BearerToken"] = simulator.Options.Token;
        Settings["ChatPro:Token"] = simulator.Options.ChatProToken;
        Settings["ChatPro:InstanceId"] = "instance";
        Settings["ChatPro:Recipient"] = "120363000000000000@g.us";
        Settings["Fetcher:PollInterval"] = "1.00:00:00";
        Settings["Notifier:Channels:WhatsApp:MessageEvery"] = "00:00:00.001"; // each alert in a message of its own, as soon as may be
        Settings["Notifier:Channels:WhatsApp:DigestOver"] = "0";
        foreach (var api in (string[])["Segware", "ChatPro"])
        {
            Settings[$"{api}:Patience:Timeout"] = "00:00:05";
            Settings[$"{api}:Patience:RetryDelay"] = "00:00:00.05";
            Settings[$"{api}:Patience:Retries"] = "2";
            Settings[$"{api}:Patience:BreakFor"] = "00:00:01";
        }
        return simulator;
    }

    public async Task<WebApplication> Start(string name, Action<ServiceBuilder> compose, Uri? address = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.WebHost.UseUrls(address?.ToString() ?? "http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new TestLog(_output));
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddReceiveObserver(_ => Traffic);
        // One after the other: RabbitMQ 3.10 at times answers the second of two that declare the same new quorum queue with 541, and BusWatch, which
        // helps then, is off here.
        await _starting.WaitAsync();
        try
        {
            var app = await ServiceHost.Start(name, builder, service =>
            {
                compose(service);
                if (Faults is { } faults)
                    service.InjectFaults(faults);
            }, CancellationToken.None);
            _services.Add(app);
            await Await.Until(() => Health(app), seen => seen.Status == HttpStatusCode.OK, "the service is ready");
            return app;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async Task Stop(WebApplication service)
    {
        _services.Remove(service);
        await End(service);
    }

    /// <summary>Waits until no queue holds a message, no service works on one and nothing due is in the outbox.</summary>
    public async Task Quiet()
    {
        // What a relay has in hand comes within half a minute; a delivery whose claim nobody knows to be its own, when that has run out.
        var soon = Faults is null ? 31_000 : 90_000;
        for (var calm = 0; calm < 6; calm++) // a message can be on its way between the broker and its consumer
        {
            var received = -1L;
            await Await.Until(async () =>
            {
                received = Traffic.Received;
                return (Traffic.Held, Outbox: await Count($"select count(*) from outbox where deliver_at <= {Clock.Milliseconds() + soon}"),
                    Queued: await Queued());
            }, seen => seen is { Held: 0, Outbox: 0, Queued: 0 }, "the station is quiet", progress: () => Traffic.Received);
            if (Traffic.Received != received)
                calm = -1;
        }
    }

    /// <summary>Sets the clock of the services; it goes on from there.</summary>
    public void Set(DateTimeOffset now) => Clock.Advance(now - Clock.GetUtcNow());

    /// <summary>Waits until every service that has this job has done it so many times more.</summary>
    public Task Turns<TJob>(int turns) where TJob : class, IJob =>
        Task.WhenAll(_services.Where(service => service.Services.GetService<TJob>() is not null)
            .Select(service => JobTurns<TJob>.UntilMore(service, turns)));

    public async Task<long> Count(string sql, object? args = null)
    {
        await using var connection = await Database.Open(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>(sql, args);
    }

    async Task MakeTables()
    {
        await using var connection = await Database.Open(CancellationToken.None);
        await connection.ExecuteAsync(TablesScript.Value);
    }

    public async Task<string> DatabaseName()
    {
        await using var connection = await Database.Open(CancellationToken.None);
        return (await connection.ExecuteScalarAsync<string>("select database()"))!;
    }

    /// <summary>Transactions of this station that wait for a row another one holds.</summary>
    public Task<long> LocksWaitedFor() => Count(
        """
        select count(*) from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id
        where t.trx_state = 'LOCK WAIT' and p.db = database()
        """);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_services.Select(async service =>
        {
            try
            {
                await End(service);
            }
            catch (TimeoutException)
            {
                _output.WriteLine(
                    "A service did not stop. Once in many times MassTransit does not, after its broker was away; a process ends all the same "
                        + "(ServiceHost).");
            }
        }));
        foreach (var simulator in _simulators)
            await simulator.DisposeAsync();
        Faults?.Tell(_output);
        await Mailbox.DisposeAsync();
        await _broker.DeleteVirtualHost(_virtualHost);
        await _server.DropDatabase(_connectionString);
    }

    static async Task End(WebApplication service)
    {
        await service.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await service.DisposeAsync();
    }

    async Task<long> Queued()
    {
        var queued = 0L;
        foreach (var queue in Queues)
            queued += await Mailbox.Waiting(queue);
        return queued;
    }

    /// <summary>What a service says of itself.</summary>
    public async Task<(HttpStatusCode Status, string Body)> Health(WebApplication service)
    {
        using var http = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };
        using var answer = await http.GetAsync("/health/ready");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
