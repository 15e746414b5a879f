using System.Diagnostics;
using Sigma.TestServers.Processes;

namespace Sigma.Benchmarks.Services;

/// <summary>A service as production runs it: a process of its own, with its default settings but for those that are given.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly LeasedPort _port;
    readonly Process _process;

    ServiceProcess(string name, Process process, LeasedPort port)
    {
        (Name, _process, _port) = (name, process, port);
        Memory = new MemorySamples(process);
    }

    public string Name { get; }
    public MemorySamples Memory { get; }
    public Process Process => _process;

    /// <summary>Does not wait until it is ready.</summary>
    public static ServiceProcess Start(string name, string assembly, IReadOnlyDictionary<string, string> settings, string logFolder)
    {
        var port = LeasedPort.Take();
        var log = Path.Combine(logFolder, $"{name}.log");
        // The shell makes way for the service, so that its memory is the service's and a signal reaches it.
        var start = OwnSession.Command("/bin/sh", "-c", """log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null""", "sh", log,
            Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet", Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port.Number}";
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        return new ServiceProcess(name, Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start."), port);
    }

    /// <summary>Waits until <c>/health/ready</c> says so.</summary>
    public async Task Ready(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port.Number}") };
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready", ct);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // not listening yet
            }
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"{Name} is not ready, see its log.");
            await Task.Delay(100, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Memory.DisposeAsync();
        if (!_process.HasExited)
            Signals.Terminate(_process.Id);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15));
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
        _port.Dispose();
    }
}
