using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Sigma.Contracts;
using Sigma.Hosting;
using Sigma.Notifier;
using Sigma.Notifier.Deliveries;
using Sigma.Simulator;
using Sigma.Simulator.Segware;
using Sigma.Storage;

namespace Sigma.ServiceTests.Notifier;

/// <summary>A notifier of one test's own: its bus in memory, its database a file, Segware and ChatPro simulated over HTTP.</summary>
internal sealed class NotifierSession : IAsyncDisposable
{
    public const string Recipient = "120363041234567890@g.us";
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    readonly string _file;
    readonly TimeProvider _clock;
    readonly List<WebApplication> _stopped = []; // disposed in the end: MassTransit logs to the first bus's log for all of its flow
    WebApplication _app;

    NotifierSession(string file, WebApplication app, SimulatorApp simulator, TimeProvider clock)
    {
        _file = file;
        _app = app;
        _clock = clock;
        Simulator = simulator;
    }

    public SimulatorApp Simulator { get; }

    public IServiceProvider Services => _app.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public Uri Url => new(_app.Urls.First());

    /// <summary>A file for a certificate, which goes with the notifier.</summary>
    public string CertificateFile => _file + ".pem";

    public static Task<NotifierSession> Start(params (string Key, string Value)[] settings) => Start(TimeProvider.System, settings);

    public static Task<NotifierSession> Start(TimeProvider clock, params (string Key, string Value)[] settings) => Start(clock, _ => settings);

    /// <summary>With settings that name vendors of the simulator.</summary>
    public static Task<NotifierSession> Start(Func<SimulatorApp, (string Key, string Value)[]> settings) => Start(TimeProvider.System, settings);

    static async Task<NotifierSession> Start(TimeProvider clock, Func<SimulatorApp, (string Key, string Value)[]> settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sigma-notifier-{Guid.NewGuid():N}.db");
        var simulator = await SimulatorApp.Start();
        simulator.Segware.Accounts.Add(new Account(7, "0042", 3, 101, "Padaria do Zé"));
        simulator.Segware.Accounts.Add(new Company(3, "Vigília Sul Ltda"));
        simulator.Segware.Accounts.Add(new ClientGroup(101, "Varejo"));
        try
        {
            return new(file, await StartApp(file, simulator, clock, settings(simulator)), simulator, clock);
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same notifier with other settings.</summary>
    public async Task Restart(params (string Key, string Value)[] settings)
    {
        await _app.StopAsync();
        _stopped.Add(_app);
        _app = await StartApp(_file, Simulator, _clock, settings);
    }

    static async Task<WebApplication> StartApp(string file, SimulatorApp simulator, TimeProvider clock, (string Key, string Value)[] settings)
    {
        var builder = Builder(file, simulator, settings);
        builder.Services.AddSingleton(clock);
        return await ServiceHost.Start("notifier", builder, service => service.AddNotifier(), CancellationToken.None);
    }

    static WebApplicationBuilder Builder(string file, SimulatorApp simulator, (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error",
            ["urls"] = "http://127.0.0.1:0",
            ["Bus:Transport"] = "InMemory",
            ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={file}",
            ["Segware:BaseUrl"] = simulator.Url.ToString(),
            ["Segware:BearerToken"] = simulator.Options.Token,
            ["Segware:Patience:Retries"] = "0",
            ["ChatPro:BaseUrl"] = simulator.Url.ToString(),
            ["ChatPro:InstanceId"] = "chatpro-1",
            ["ChatPro:Recipient"] = Recipient,
            ["ChatPro:Token"] = simulator.Options.ChatProToken,
            ["ChatPro:Patience:BreakAfter"] = "1000",
            ["Notifier:Channels:WhatsApp:MessageEvery"] = "00:00:00.001",
            ["Notifier:Channels:WhatsApp:DigestOver"] = "0",
            ["Notifier:Deliveries:RetryFrom"] = "00:00:00.05",
            ["Notifier:Deliveries:RetryTo"] = "00:00:00.2",
            ["Notifier:Accounts:KeepFailureFor"] = "00:00:00.1",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        return builder;
    }

    public static AlertRaised Raised(Guid alert, long account = 7, int count = 20, params (string, string)[] labels) => new()
    {
        AlertId = alert, Rule = "excess", Severity = "warning", Source = "segware", Labels = Labels(account, labels), Count = count, Threshold = 20,
        WindowFrom = At("2026-11-20T19:00:00Z"), WindowTo = At("2026-11-20T21:00:00Z"), FirstEventAt = At("2026-11-20T19:10:00Z"),
        LastEventAt = At("2026-11-20T21:00:00Z"), RaisedAt = At("2026-11-20T21:00:30Z"),
    };

    public static AlertCleared Cleared(Guid alert, long account = 7) => new()
    {
        AlertId = alert, Rule = "excess", Severity = "warning", Source = "segware", Labels = Labels(account, []), Count = 4, Threshold = 20,
        Reason = "volume-normal", RaisedAt = At("2026-11-20T21:00:30Z"), ClearedAt = At("2026-11-20T22:05:30Z"),
    };

    static Dictionary<string, string> Labels(long account, (string Key, string Value)[] others) => others.Length > 0
        ? others.ToDictionary(l => l.Key, l => l.Value)
        : new() { ["account"] = account.ToString(), ["cuc"] = "ALR", ["code"] = "E130" };

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, null);

    /// <summary>No job runs any more but by hand, also none whose first turn was late.</summary>
    public async Task EndSchedule()
    {
        var scheduler = await Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Shutdown(waitForJobsToComplete: true);
    }

    public Task Publish<T>(T message) where T : class => Services.GetRequiredService<IBus>().Publish(message);

    public async Task<List<T>> Query<T>(string sql, object? args = null)
    {
        await using var session = await Database.Begin(default);
        var rows = await session.Query<T>(sql, args, default);
        await session.Commit(default);
        return rows;
    }

    public async Task Execute(string sql)
    {
        await using var session = await Database.Begin(default);
        await session.Execute(sql, null, default);
        await session.Commit(default);
    }

    /// <summary>The deliveries of an alert, as "channel kind: state".</summary>
    public async Task<string[]> Deliveries(Guid alert) =>
        [.. (await Query<Delivery>(
            "select channel Channel, kind Kind, state State from notifier_deliveries where alert_id = @key order by channel, kind",
            new { key = alert })).Select(d => $"{d.Channel} {d.Kind}: {d.State.Stored()}")];

    /// <summary>Waits until the deliveries of an alert are as expected, and fails with how they are.</summary>
    public Task Until(Guid alert, params string[] expected)
    {
        var deliveries = string.Join("; ", expected);
        return Await.Until(async () => string.Join("; ", await Deliveries(alert)), found => found == deliveries, $"the deliveries are {deliveries}",
            Timeout);
    }

    /// <summary>Waits until the condition is met; the story tells what was wrong if it never is.</summary>
    public Task Until(Func<Task<bool>> condition, string story) => Await.Until(condition, $"this is no longer so: {story}", Timeout);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        foreach (var app in _stopped.Append(_app))
            await app.DisposeAsync();
        await Simulator.DisposeAsync();
        foreach (var part in (string[])["", "-wal", "-shm", ".lock", ".pem"])
            File.Delete(_file + part);
    }
}
