using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Fetcher;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Polling;
using Sigma.Hosting;
using Sigma.Simulator;
using Sigma.Simulator.Segware;
using Sigma.Storage;
using Sigma.Storage.Schema;

namespace Sigma.ServiceTests.Fetcher;

/// <summary>The fetcher against the simulator over HTTP, an SQLite file and the in-memory bus; polled by hand.</summary>
internal sealed class FetcherSession : IAsyncDisposable
{
    public static readonly CancellationToken Ct = CancellationToken.None;

    readonly string _file = Path.Combine(Path.GetTempPath(), $"fetcher-{Guid.NewGuid():N}.db");
    readonly List<WebApplication> _processes = [];
    Dictionary<string, string?> _settings = [];

    FetcherSession(SimulatorApp simulator, ManualClock clock)
    {
        Simulator = simulator;
        Clock = clock;
    }

    public SimulatorApp Simulator { get; }
    public ManualClock Clock { get; }
    public ReceivedBatches Received { get; } = new();
    public DateTimeOffset Now => Clock.Now;

    public static async Task<FetcherSession> Start(SimulatorOptions? simulator = null, params (string Key, string Value)[] settings)
    {
        var clock = new ManualClock();
        var session = new FetcherSession(await SimulatorApp.Start(simulator, clock), clock);
        session._settings = new()
        {
            ["Storage:Provider"] = "Sqlite", ["Storage:ConnectionString"] = $"Data Source={session._file}", ["Bus:Transport"] = "InMemory",
            ["Segware:BaseUrl"] = session.Simulator.Url.ToString(), ["Segware:BearerToken"] = "segware-token",
            ["Segware:Patience:Retries"] = "0", ["Segware:Patience:Timeout"] = "00:00:10", ["LOG_LEVEL"] = "error",
        };
        foreach (var (key, value) in settings)
            session._settings[key] = value;
        await session.StartProcess();
        return session;
    }

    /// <summary>The fetcher in another process, or in the same one after a restart.</summary>
    public async Task StartProcess(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(_settings)
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddSingleton<TimeProvider>(Clock).AddSingleton(Received).AddRouting();
        Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.UseKestrelCore(builder.WebHost);
        var process = new ServiceBuilder("fetcher", builder).AddFetcher().Consumers(bus => bus.AddConsumer<ReceivedBatches.BatchConsumer>()).Build();
        _processes.Add(process);
        await process.Services.GetRequiredService<Migrator>().Apply(Ct);
        await process.Services.GetRequiredService<IBusControl>().StartAsync(Ct);
    }

    public Task<PollResult> Poll(int process = -1) => Get<Poll>(process).Run(Ct);

    public T Get<T>(int process = -1) where T : notnull => _processes[process < 0 ? ^1 : process].Services.GetRequiredService<T>();

    public Task StopProcess() => Get<SourceLease>().Release(Ct);

    public async Task<List<(long From, long To, SliceState State, string? Reason)>> Slices()
    {
        await using var db = await Get<Database>().Begin(Ct);
        return await db.Query<(long, long, SliceState, string?)>("select slice_from, slice_to, state, reason from fetcher_slices order by slice_from",
            null, Ct);
    }

    public void AddEvents(int count, DateTimeOffset first, TimeSpan spacing, string code = "E130", string cuc = "ALR", long account = 7,
        string? occurrence = null) =>
        Simulator.Segware.AddBurst(account, cuc, code, count, first, spacing, occurrence);

    public void AddLate(DateTimeOffset at, DateTimeOffset availableAt) =>
        Simulator.Segware.Add(new SegwareEvent { AccountId = 7, Cuc = "ALR", Code = "E130", At = at, AvailableAt = availableAt });

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.Services.GetRequiredService<IBusControl>().StopAsync(Ct);
            await process.DisposeAsync();
        }
        await Simulator.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*"))
            File.Delete(file);
    }
}
