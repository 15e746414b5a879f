using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sigma.Contracts;
using Sigma.Fetcher;
using Sigma.Fetcher.Sources;
using Sigma.Hosting;
using Sigma.Simulator;
using Sigma.Storage;
using Sigma.Storage.Outbox;
using Sigma.Storage.Schema;

namespace Sigma.ServiceTests.Fetcher.Sources;

/// <summary>
/// Fetchers without Segware against the simulator over HTTP, an SQLite file and the in-memory bus. Sources are looked at by hand, unless it runs
/// with its schedule.
/// </summary>
internal sealed class SourcesSession : IAsyncDisposable
{
    public const string Key = "a key of the tests";

    static readonly CancellationToken Ct = CancellationToken.None;

    readonly string _file = Path.Combine(Path.GetTempPath(), $"sources-{Guid.NewGuid():N}.db");
    readonly List<WebApplication> _processes = [];
    readonly (string Key, string Value)[] _settings;

    SourcesSession(SimulatorApp simulator, TimeProvider clock, (string, string)[] settings)
    {
        (Simulator, Clock, _settings) = (simulator, clock, settings);
    }

    public SimulatorApp Simulator { get; }
    public TimeProvider Clock { get; }
    public News News { get; } = new();
    public Uri Url => new(_processes[^1].Urls.First());

    /// <summary>A fetcher whose schedule does not run.</summary>
    public static async Task<SourcesSession> Start(Func<SimulatorApp, (string Key, string Value)[]> settings, TimeProvider? clock = null)
    {
        var session = await New(settings, clock);
        await session.StartProcess();
        return session;
    }

    /// <summary>A fetcher as it runs.</summary>
    public static async Task<SourcesSession> Run(Func<SimulatorApp, (string Key, string Value)[]> settings)
    {
        var session = await New(settings, null);
        await session.RunProcess();
        return session;
    }

    /// <summary>Another fetcher on the same tables, or the next start of the one.</summary>
    public async Task StartProcess(params (string Key, string Value)[] settings)
    {
        var process = Compose(Builder(settings)).Build();
        _processes.Add(process);
        process.Services.GetService<Microsoft.Extensions.Options.IStartupValidator>()?.Validate();
        await process.Services.GetRequiredService<Migrator>().Apply(Ct);
        await process.Services.GetRequiredService<IBusControl>().StartAsync(Ct);
        foreach (var relay in process.Services.GetServices<IHostedService>().OfType<OutboxRelay>())
            await relay.StartAsync(Ct);
    }

    public async Task RunProcess() => _processes.Add(await ServiceHost.Start("fetcher", Builder([]), service => Add(service), Ct));

    /// <summary>Ends the last one, whatever is under way.</summary>
    public async Task StopProcess()
    {
        await End(_processes[^1]);
        _processes.RemoveAt(_processes.Count - 1);
    }

    /// <summary>Looks at a source, as its next turn would.</summary>
    public Task<bool> Look(string name, int process = -1, TimeSpan apart = default, CancellationToken ct = default) =>
        Get<SourceRunner>(process).Run(Source(name, process), apart, ct);

    public IPolledSource Source(string name, int process = -1) => Get<SourceSet>(process).Find(name)!;

    public T Get<T>(int process = -1) where T : notnull => _processes[process < 0 ? ^1 : process].Services.GetRequiredService<T>();

    public async Task<(string State, string? Reason, int Failures)> State(string name)
    {
        await using var db = await Get<Database>().Begin(Ct);
        return await db.First<(string, string?, int)>("select state, reason, failures from fetcher_polled where source = @name", new { name }, Ct);
    }

    public HttpClient Http() => new()
        { BaseAddress = Url, DefaultRequestHeaders = { Authorization = new("Bearer", Key) }, Timeout = TimeSpan.FromSeconds(30) };

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await End(process);
        await Simulator.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*"))
            File.Delete(file);
    }

    static async Task<SourcesSession> New(Func<SimulatorApp, (string Key, string Value)[]> settings, TimeProvider? clock)
    {
        clock ??= TimeProvider.System;
        var simulator = await SimulatorApp.Start(null, clock);
        return new(simulator, clock, settings(simulator));
    }

    static async Task End(WebApplication process)
    {
        foreach (var relay in process.Services.GetServices<IHostedService>().OfType<OutboxRelay>())
            await relay.StopAsync(Ct);
        await process.Services.GetRequiredService<IBusControl>().StopAsync(Ct);
        await process.StopAsync(Ct);
        await process.DisposeAsync();
    }

    WebApplicationBuilder Builder((string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = "Sqlite", ["Storage:ConnectionString"] = $"Data Source={_file}", ["Bus:Transport"] = "InMemory",
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Api:Key"] = Key, ["Segware:BaseUrl"] = Simulator.Url.ToString(),
            ["Fetcher:Probes:Folder"] = "",
        }).AddInMemoryCollection(_settings.Concat(settings).DistinctBy(s => s.Key).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddSingleton(Clock).AddSingleton(News).AddRouting();
        builder.WebHost.UseKestrelCore();
        return builder;
    }

    static ServiceBuilder Compose(WebApplicationBuilder builder) => Add(new ServiceBuilder("fetcher", builder));

    static ServiceBuilder Add(ServiceBuilder service) => service.AddFetcher().Consumers(bus => bus.AddConsumer<News.NewsConsumer>());
}

/// <summary>What arrived from the sources.</summary>
internal sealed class News
{
    readonly Lock _lock = new();
    readonly List<ReportedCondition> _conditions = [];
    readonly List<Sample> _samples = [];
    readonly List<Beat> _beats = [];
    readonly HashSet<Guid> _ids = [];

    public List<ReportedCondition> Conditions => Of(_conditions);
    public List<Sample> Samples => Of(_samples);
    public List<Beat> Beats => Of(_beats);

    /// <summary>In the order in which they are to be taken: by when they were reported.</summary>
    public List<(string Id, ConditionState State)> Told =>
        [.. Conditions.OrderBy(one => one.ReportedAt).Select(one => (one.ExternalId, one.State))];

    public Task Until(Func<News, bool> expected, string story) => Await.Until(() => Task.FromResult(string.Join(", ", Told)), _ => expected(this),
        story, TimeSpan.FromSeconds(20));

    List<T> Of<T>(List<T> list)
    {
        lock (_lock)
            return [.. list];
    }

    internal sealed class NewsConsumer(News news) : IConsumer<ConditionReported>, IConsumer<SamplesReported>, IConsumer<BeatsReported>
    {
        public Task Consume(ConsumeContext<ConditionReported> context) => Add(context.Message.BatchId, news._conditions, context.Message.Conditions);

        public Task Consume(ConsumeContext<SamplesReported> context) => Add(context.Message.BatchId, news._samples, context.Message.Samples);

        public Task Consume(ConsumeContext<BeatsReported> context) => Add(context.Message.BatchId, news._beats, context.Message.Beats);

        // A message that comes again is the same news.
        Task Add<T>(Guid id, List<T> list, IReadOnlyList<T> items)
        {
            lock (news._lock)
                if (news._ids.Add(id))
                    list.AddRange(items);
            return Task.CompletedTask;
        }
    }
}
