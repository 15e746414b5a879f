using System.Diagnostics;
using Sigma.Benchmarks.Figures;

namespace Sigma.Benchmarks.Services;

/// <summary>What a stretch of work costs in processor time, by process: unlike its duration, hardly touched by what else the machine does.</summary>
internal sealed class ProcessorTime
{
    readonly IReadOnlyDictionary<string, Process> _processes;
    readonly Dictionary<string, TimeSpan> _before;

    ProcessorTime(IReadOnlyDictionary<string, Process> processes)
    {
        _processes = processes;
        _before = processes.ToDictionary(p => p.Key, p => p.Value.TotalProcessorTime);
    }

    /// <summary>Servers that are not ours cannot be watched.</summary>
    public static ProcessorTime Begin(BenchmarkServers servers, IEnumerable<MeasuredService> services)
    {
        var processes = services.ToDictionary(service => service.Name, service => service.Process);
        processes["load"] = Process.GetCurrentProcess();
        foreach (var (name, id) in (ReadOnlySpan<(string, Func<int>)>)[("database", () => servers.Database.ProcessId),
            ("broker", () => servers.Broker.ProcessId)])
            try
            {
                processes[name] = Process.GetProcessById(id());
            }
            catch (Exception e) when (e is InvalidOperationException or ArgumentException)
            {
                continue;
            }
        return new ProcessorTime(processes);
    }

    public IEnumerable<Figure> Figures(string part, double events) => _processes.Select(p =>
    {
        p.Value.Refresh();
        return new Figure(part, $"processor time for 1,000 events, {p.Key}",
            (p.Value.TotalProcessorTime - _before[p.Key]).TotalMilliseconds * 1000 / events, "ms");
    });
}
