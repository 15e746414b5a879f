using System.Net;
using Sigma.IntegrationTests.Stations;
using Sigma.Simulator;

namespace Sigma.IntegrationTests.Telemetry;

/// <summary>
/// One of each service as a process, sending its traces to a collector; they have seen one excess, told of it, and have polled on in quiet.
/// </summary>
public sealed class TracedStation : IAsyncLifetime
{
    readonly Collector _collector;
    readonly List<RunningService> _services = [];
    Station? _station;

    public TracedStation() => _collector = Collector.Start().GetAwaiter().GetResult();

    internal SimulatorApp Simulator { get; private set; } = null!;

    internal IReadOnlyList<ReceivedSpan> Spans { get; private set; } = [];

    /// <summary>Of each line that a service wrote: its name and the line.</summary>
    internal IReadOnlyList<(string Service, string Line)> Lines { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var station = _station = await Station.Create(new Nowhere());
        Simulator = await station.StartSimulator();
        station.Settings["Fetcher:PollInterval"] = "00:00:03";
        Simulator.Segware.AddBurst(4711, "ALR", "E130", 25, station.Clock.GetUtcNow().AddMinutes(-10), TimeSpan.FromSeconds(5));
        string[] names = ["Evaluator", "Notifier", "Fetcher"]; // in this order: the fetcher's first poll is to find the others
        foreach (var name in names)
        {
            _services.Add(RunningService.Start(name, station.Settings, _collector.Environment));
            if (name != "Evaluator")
                await Task.WhenAll(_services.Select(s => s.UntilSays(HttpStatusCode.OK, "ok")));
        }
        await Await.Until(() => Task.FromResult(_collector.Spans),
            spans => spans.Count(s => s.Name == "deliver") == 2 && QuietPolls(spans).Count() >= 2,
            "two deliveries and two polls without news are in the collector", TimeSpan.FromSeconds(90));
        foreach (var service in Enumerable.Reverse(_services))
            Assert.Equal(0, await service.Stop());
        Spans = _collector.Spans;
        Lines =
            [.. names.Zip(_services, (name, service) => service.Said.Split('\n').Where(line => line.Trim().Length > 0).Select(line => (name, line)))
                .SelectMany(lines => lines)];
    }

    internal static IEnumerable<ReceivedSpan> QuietPolls(IEnumerable<ReceivedSpan> spans) =>
        spans.Where(s => s.Name == "poll" && s.Tags.GetValueOrDefault("sigma.events") == "0");

    public async Task DisposeAsync()
    {
        foreach (var service in _services)
            await service.DisposeAsync();
        if (_station is not null)
            await _station.DisposeAsync();
        await _collector.DisposeAsync();
    }

    sealed class Nowhere : ITestOutputHelper
    {
        public void WriteLine(string message)
        {
            // it belongs to no single test
        }

        public void WriteLine(string format, params object[] args)
        {
            // it belongs to no single test
        }
    }
}
