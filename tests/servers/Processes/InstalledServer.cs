using System.Diagnostics;

namespace Sigma.TestServers.Processes;

/// <summary>A server program of this machine, run in a private folder; what it prints goes to a log there.</summary>
internal sealed class InstalledServer(PrivateFolder folder, string name, string program, string[] arguments,
    Dictionary<string, string> environment, string[] ignoredVariables) : IServer
{
    /// <summary>The server takes the shell's place and keeps its id, which is noted before there is anything to lose track of.</summary>
    const string Launch = """echo $$ >"$2"; log=$1; shift 2; exec "$@" >>"$log" 2>&1 </dev/null""";

    static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    readonly string _log = folder.Combine($"{name}.log");
    readonly string _pidFile = folder.Combine($"{name}.pid");
    Process? _process;

    public string Origin => $"private, from {program}";

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException($"{name} is not running.");

    public bool IsRunning => _process is { HasExited: false };

    public Task Start(CancellationToken ct)
    {
        if (IsRunning) throw new InvalidOperationException($"{name} is already running.");
        var start = OwnSession.Command("/bin/sh", ["-c", Launch, "sh", _log, _pidFile, program, .. arguments]);
        foreach (var inherited in start.Environment.Keys.Where(key => ignoredVariables.Any(key.StartsWith)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (key, value) in environment) start.Environment[key] = value;
        start.Environment["SIGMA_SERVERS_FOLDER"] = folder.Path; // how the cleaner recognises what is ours
        start.WorkingDirectory = folder.Path;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        return Task.CompletedTask;
    }

    public async Task Kill(CancellationToken ct)
    {
        if (_process is not { } process) return;
        process.Kill(entireProcessTree: true);
        await Ended(process, ct);
    }

    public async Task Stop(CancellationToken ct)
    {
        if (_process is not { } process) return;
        if (!process.HasExited) Signals.Terminate(process.Id);
        try
        {
            await process.WaitForExitAsync(ct).WaitAsync(StopTimeout, ct);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"{name} did not stop within {StopTimeout.TotalSeconds:0} s of SIGTERM.{Environment.NewLine}{await LogTail(ct)}");
        }
        await Ended(process, ct);
    }

    public async Task<string> LogTail(CancellationToken ct) =>
        File.Exists(_log) ? string.Join(Environment.NewLine, (await File.ReadAllLinesAsync(_log, ct)).TakeLast(40)) : "(no log)";

    public async ValueTask DisposeAsync() => await Kill(CancellationToken.None);

    async Task Ended(Process process, CancellationToken ct)
    {
        await process.WaitForExitAsync(ct);
        File.Delete(_pidFile);
        process.Dispose();
        _process = null;
    }
}
