using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Archive;
using Sigma.Contracts;
using Sigma.Gateway;
using Sigma.Gateway.Logs.Syslog;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Gateway.Logs;

/// <summary>A gateway, an archive, and who hears beats, behind a real broker.</summary>
internal sealed class LogStation : IAsyncDisposable
{
    public const string Key = "the-key-of-the-log-senders";

    const string ApiKey = "the key of the tests";

    readonly DirectoryInfo _folder;
    readonly HttpClient _archive;
    readonly WebApplication _gateway;
    readonly DateTimeOffset _began = TimeProvider.System.GetUtcNow().AddHours(-1);

    LogStation(Station station, DirectoryInfo folder, WebApplication gateway, WebApplication archive, HeardBeats beats)
    {
        (Station, _folder, _gateway, Beats) = (station, folder, gateway, beats);
        _archive = new HttpClient { BaseAddress = new Uri(archive.Urls.First().TrimEnd('/') + "/internal/archive/") };
        _archive.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    public Station Station { get; }

    public HeardBeats Beats { get; }

    public Uri Gateway => new(_gateway.Urls.First());

    public SyslogListeners Syslog => _gateway.Services.GetRequiredService<SyslogListeners>();

    /// <summary>With an integration of the kind <c>logs</c> of each name; the first has the key.</summary>
    public static async Task<LogStation> Start(ITestOutputHelper output, string[] integrations, params (string Key, string Value)[] settings)
    {
        var station = await Station.Create(output);
        station.WithoutFaults("what is refused half-way is sent twice, and what arrives is counted");
        var folder = Directory.CreateTempSubdirectory("sigma-logs-");
        foreach (var (index, name) in integrations.Index())
        {
            station.Settings[$"Gateway:Integrations:{index}:Name"] = name;
            station.Settings[$"Gateway:Integrations:{index}:Kind"] = "logs";
            station.Settings[$"Gateway:Integrations:{index}:Key"] = index == 0 ? Key : $"{Key}-{index}";
        }
        station.Settings["Archive:Folder"] = Path.Combine(folder.FullName, "archive");
        station.Settings["Api:Key"] = ApiKey;
        foreach (var (key, value) in settings)
            station.Settings[key] = value;
        HeardBeats beats = new();
        // The broker takes nothing that nobody listens to.
        await station.Start("listener", service =>
        {
            service.Services.AddSingleton(beats);
            service.Consumers(bus => bus.AddConsumer<HeardBeats.BeatConsumer>());
        });
        var archive = await station.Start("archive", service => service.AddArchive());
        var gateway = await station.Start("gateway", service => service.AddGateway());
        return new(station, folder, gateway, archive, beats);
    }

    /// <summary>Waits until the archive has so many lines of a source, and returns them, the oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> Lines(string source, int count)
    {
        var range = $"limit=1000&from={Uri.EscapeDataString($"{_began:O}")}&to={Uri.EscapeDataString($"{_began.AddHours(3):O}")}";
        var lines = await Await.Until(async () =>
        {
            var page = await _archive.GetFromJsonAsync<JsonElement>($"logs?{range}");
            return page.GetProperty("items").EnumerateArray().Where(line => line.GetProperty("source").GetString() == source).ToList();
        }, lines => lines.Count >= count, $"the archive has {count} lines of {source}");
        lines.Reverse();
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        _archive.Dispose();
        await Station.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>Who was heard.</summary>
internal sealed class HeardBeats
{
    readonly HashSet<string> _agents = [];

    public IReadOnlyList<string> Agents
    {
        get
        {
            lock (_agents)
                return [.. _agents.Order()];
        }
    }

    internal sealed class BeatConsumer(HeardBeats heard) : IConsumer<BeatsReported>, IConsumer<IntakeReported>
    {
        public Task Consume(ConsumeContext<BeatsReported> context)
        {
            lock (heard._agents)
                foreach (var beat in context.Message.Beats)
                    heard._agents.Add(beat.Labels["agent"]);
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<IntakeReported> context) => Task.CompletedTask;
    }
}
