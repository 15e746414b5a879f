using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Sigma.Standalone.ConsoleOutput;

/// <summary>Adds up the services' counters and prints them at the end.</summary>
internal sealed class Summary : IHostedLifecycleService, IDisposable
{
    static readonly string[] Order = ["sigma.fetcher", "sigma.evaluator", "sigma.notifier"];

    readonly ConcurrentDictionary<string, long> _sums = new();
    readonly MeterListener _listener = new();

    public Task StartingAsync(CancellationToken ct)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is Counter<long> && instrument.Meter.Name.StartsWith("Sigma.", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var state = "";
            foreach (var (name, tag) in tags)
                if (name is "state" or "channel" or "kind")
                    state += $" {tag}";
            _sums.AddOrUpdate(instrument.Name + state, value, (_, sum) => sum + value);
        });
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken ct)
    {
        Console.WriteLine("\nIn this run:");
        foreach (var (name, sum) in _sums.Where(s => s.Value > 0).OrderBy(s => Array.FindIndex(Order, s.Key.StartsWith))
            .ThenBy(s => s.Key, StringComparer.Ordinal))
            Console.WriteLine($"  {sum,8:N0}  {name["sigma.".Length..].Replace('.', ' ')}");
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    public void Dispose() => _listener.Dispose();
}
