using Sigma.TestServers.Processes;

namespace Sigma.Faults.Stations;

/// <summary>One of the services, started again after a kill as its supervisor would; if it ends by itself, that is noted.</summary>
internal sealed class Service : IAsyncDisposable
{
    readonly string _name, _assembly, _logs;
    readonly Dictionary<string, string> _settings;
    ServiceProcess _process;
    Task _watch = Task.CompletedTask;
    readonly CancellationTokenSource _stopping = new();
    volatile bool _killing;
    int _endings, _leavings;

    public Service(string name, string assembly, IReadOnlyDictionary<string, string> settings, string logs)
    {
        _name = name;
        _assembly = assembly;
        _logs = logs;
        Clock = new ServiceClock(logs, name);
        _settings = new(settings.Concat(Clock.Environment));
        _process = Start();
    }

    public string Name => _name;

    public ServiceClock Clock { get; }

    /// <summary>Where it answers now; another place after each start.</summary>
    public Uri Url => _process.Url;

    /// <summary>How often it ended without being killed.</summary>
    public int EndedByItself => _endings;

    /// <summary>How often it decided to be started anew because its bus was stuck.</summary>
    public int Left => _leavings;

    public void Watch() => _watch = StartAgainAfter(_process);

    public Task Ready(CancellationToken ct) => _process.Ready(ct);

    /// <summary>SIGKILL, and a start after <paramref name="pause"/>; what is done between the two comes before the pause.</summary>
    public async Task Kill(TimeSpan pause, CancellationToken ct, Action<IDictionary<string, string>>? change = null)
    {
        _killing = true;
        await _process.Kill(ct);
        change?.Invoke(_settings);
        await Task.Delay(pause, ct);
        await Again();
        _killing = false;
    }

    /// <summary>SIGSTOP for so long.</summary>
    public async Task Freeze(TimeSpan time, CancellationToken ct)
    {
        _process.Freeze();
        try
        {
            await Task.Delay(time, ct);
        }
        finally
        {
            _process.Thaw();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watch;
        await _process.DisposeAsync();
        _stopping.Dispose();
    }

    async Task StartAgainAfter(ServiceProcess process)
    {
        try
        {
            await process.Process.WaitForExitAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        if (_killing || process != _process)
            return; // whoever killed it starts it again
        var code = process.Process.ExitCode;
        var stuck = code == 75;
        Interlocked.Increment(ref stuck ? ref _leavings : ref _endings);
        Progress.Say(stuck ? $"{_name} leaves because its bus is stuck" : $"{_name} ended by itself with exit code {code}, see its log");
        await Again();
    }

    async Task Again()
    {
        var before = _process;
        _process = Start();
        Watch();
        await before.DisposeAsync();
    }

    ServiceProcess Start() => ServiceProcess.Start(_name, _assembly, _settings, _logs);
}
