using System.Globalization;
using Dapper;
using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Segware;
using Sigma.Evaluator.Schema;
using Sigma.Fetcher.Schema;
using Sigma.Notifier.Schema;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage;
using Sigma.Storage.Outbox.Schema;
using Sigma.Storage.Schema;
using Sigma.TestServers.Processes;

namespace Sigma.Benchmarks.Services;

/// <summary>
/// A station that is installed and has seen no events yet: virtual host, database, simulator, a subscriber, and the services it starts.
/// </summary>
internal sealed class BenchmarkStation : IAsyncDisposable
{
    readonly BenchmarkServers _servers;
    readonly string _virtualHost, _connectionString, _logs;
    readonly List<MeasuredService> _services = [];
    readonly AlertSubscriber? _alerts;

    BenchmarkStation(BenchmarkServers servers, string virtualHost, string connectionString, TimedSegware segware, AlertSubscriber? alerts,
        string logs)
    {
        _servers = servers;
        _virtualHost = virtualHost;
        _connectionString = connectionString;
        _logs = logs;
        Segware = segware;
        _alerts = alerts;
        Database = new Database(Dialects.Of(StorageProvider.MySql), connectionString);
    }

    public TimedSegware Segware { get; }
    public AlertSubscriber Alerts => _alerts ?? throw new InvalidOperationException("Nobody subscribes here.");
    public Database Database { get; }
    public Uri Broker => _servers.Broker.AmqpUri(_virtualHost);
    public IReadOnlyList<MeasuredService> Services => _services;

    public static async Task<BenchmarkStation> Create(BenchmarkServers servers, string name, CancellationToken ct, bool subscribes = true)
    {
        var virtualHost = $"{name}-{Guid.NewGuid().ToString("N")[..8]}";
        await servers.Broker.CreateVirtualHost(virtualHost, ct);
        var alerts = subscribes ? await AlertSubscriber.Open(servers.Broker.AmqpUri(virtualHost), ct) : null;
        var logs = Directory.CreateTempSubdirectory($"sigma-{name}-").FullName;
        Progress.Say($"Logs of the services: {logs}");
        var station = new BenchmarkStation(servers, virtualHost, await servers.Database.CreateDatabase(ct), await TimedSegware.Start(ct), alerts,
            logs);
        await station.MakeTables(ct);
        return station;
    }

    // A service that makes them has EF Core in its memory until it is started again, which of all starts is one.
    async Task MakeTables(CancellationToken ct)
    {
        await using var connection = await Database.Open(ct);
        await connection.ExecuteAsync(new CommandDefinition(SchemaScript.Write(Database.Dialect,
            [OutboxContext.Schema, FetcherContext.Schema, EvaluatorContext.Schema, NotifierContext.Schema, ConsoleContext.Schema]),
            cancellationToken: ct));
    }

    public MeasuredService Start(string name, string assembly, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["Storage__Provider"] = "MySql",
            ["Storage__ConnectionString"] = _connectionString,
            ["RabbitMq__Host"] = _servers.Broker.Host,
            ["RabbitMq__Port"] = _servers.Broker.Port.ToString(CultureInfo.InvariantCulture),
            ["RabbitMq__VirtualHost"] = _virtualHost,
            ["RabbitMq__Username"] = _servers.Broker.Username,
            ["RabbitMq__Password"] = _servers.Broker.Password,
        };
        foreach (var (key, value) in more)
            settings[key] = value;
        var service = new MeasuredService(ServiceProcess.Start(name, PublishedServices.Locate(assembly), settings, _logs));
        _services.Add(service);
        return service;
    }

    public MeasuredService StartEvaluator() => Start("evaluator", "Sigma.Evaluator.dll");

    public MeasuredService StartFetcher(params (string Key, string Value)[] more) => Start("fetcher", "Sigma.Fetcher.dll",
        [("Segware__BaseUrl", Segware.Url.ToString()), ("Segware__BearerToken", Segware.Token), .. more]);

    /// <summary>Tells nobody: there is no vendor here who could be told.</summary>
    public MeasuredService StartNotifier() => Start("notifier", "Sigma.Notifier.dll", ("Segware__BaseUrl", Segware.Url.ToString()),
        ("Segware__BearerToken", Segware.Token), ("Notifier__Accounts__Source", "nobody"), ("Notifier__Channels__WhatsApp__Enabled", "false"),
        ("Notifier__Channels__SegwareAlarmEvent__Enabled", "false"));

    public async Task Stop(MeasuredService service)
    {
        _services.Remove(service);
        await service.DisposeAsync();
    }

    public async Task<T?> Ask<T>(string sql, object? args, CancellationToken ct)
    {
        await using var connection = await Database.Open(ct);
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, args, commandTimeout: 300, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<T>> List<T>(string sql, CancellationToken ct)
    {
        await using var connection = await Database.Open(ct);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, commandTimeout: 300, cancellationToken: ct))).AsList();
    }

    /// <summary>Waits until a source is covered without a gap from one time to the other.</summary>
    public async Task<DateTimeOffset> Covered(string source, long from, long upTo, CancellationToken ct)
    {
        while (await Ask<long>(
            "select count(*) from evaluator_coverage where source = @source and covered_from <= @from and covered_to >= @upTo",
            new { source, from, upTo }, ct) == 0)
            await Task.Delay(10, ct);
        return TimeProvider.System.GetUtcNow();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_services.Select(service => service.DisposeAsync().AsTask()));
        await Segware.DisposeAsync();
        if (_alerts is not null)
            await _alerts.DisposeAsync();
        await _servers.Broker.DeleteVirtualHost(_virtualHost);
        await _servers.Database.DropDatabase(_connectionString);
    }
}
