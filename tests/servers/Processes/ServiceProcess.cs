using System.Diagnostics;

namespace Sigma.TestServers.Processes;

/// <summary>A service as production runs it: a process of its own, with its default settings but for those that are given.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    readonly LeasedPort _port;

    ServiceProcess(string name, Process process, LeasedPort port)
    {
        Name = name;
        Process = process;
        _port = port;
        Url = new Uri($"http://127.0.0.1:{port.Number}");
    }

    /// <summary>For reports and the log's name.</summary>
    public string Name { get; }

    /// <summary>The process to watch.</summary>
    public Process Process { get; }

    /// <summary>Where it answers HTTP.</summary>
    public Uri Url { get; }

    /// <summary>
    /// Starts an assembly that lies beside the caller's, or elsewhere if its path is given; does not wait until it is ready. Within a command that
    /// makes way for it, if one is given, such as <see cref="SmallDisk.Within"/>.
    /// </summary>
    public static ServiceProcess Start(string name, string assembly, IReadOnlyDictionary<string, string> settings, string logFolder,
        params IReadOnlyList<string> within)
    {
        var port = LeasedPort.Take();
        var log = Path.Combine(logFolder, $"{name}.log");
        // The shell makes way for the service, so that its memory is the service's and a signal reaches it.
        var start = OwnSession.Command("/bin/sh", ["-c", """log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null""", "sh", log, .. within,
            Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet",
            Path.Combine(AppContext.BaseDirectory, assembly)]);
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port.Number}";
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["MALLOC_ARENA_MAX"] = "2"; // as docker/Dockerfile says
        return new ServiceProcess(name, Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start."), port);
    }

    /// <summary>Waits until <c>/health/ready</c> says so.</summary>
    public async Task Ready(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = Url };
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready", ct);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!Process.HasExited)
            {
                // not listening yet
            }
            if (Process.HasExited || Stopwatch.GetElapsedTime(started) > StartTimeout)
                throw new InvalidOperationException($"{Name} is not ready, see its log.");
            await Task.Delay(100, ct);
        }
    }

    /// <summary>Ends it with SIGKILL, as a crash would.</summary>
    public async Task Kill(CancellationToken ct)
    {
        Process.Kill();
        await Process.WaitForExitAsync(ct);
    }

    /// <summary>Holds it with SIGSTOP, as an overcommitted host would.</summary>
    public void Freeze() => Signals.Freeze(Process.Id);

    /// <summary>Lets it go on.</summary>
    public void Thaw() => Signals.Thaw(Process.Id);

    /// <summary>Ends it as an operator would; by force when it takes longer than its 10 s.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
            Signals.Terminate(Process.Id);
        try
        {
            await Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15));
        }
        catch (TimeoutException)
        {
            Process.Kill(entireProcessTree: true);
        }
        Process.Dispose();
        _port.Dispose();
    }
}
