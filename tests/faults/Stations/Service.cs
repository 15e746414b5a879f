using Sigma.TestServers.Processes;

namespace Sigma.Faults.Stations;

/// <summary>One of the services, started again after a kill as its supervisor would; if it ends by itself, that is noted.</summary>
internal sealed class Service : IAsyncDisposable
{
    readonly string _name, _assembly, _logs;
    readonly Dictionary<string, string> _settings;
    ServiceProcess _process;
    Task _watch = Task.CompletedTask;
    volatile bool _killing, _stopping;
    int _endings, _leavings;

    public Service(string name, string assembly, IReadOnlyDictionary<string, string> settings, string logs)
    {
        (_name, _assembly, _logs, Clock) = (name, assembly, logs, new ServiceClock(logs, name));
        _settings = new(settings.Concat(Clock.Environment));
        _process = Start();
    }

    public string Name => _name;

    public ServiceClock Clock { get; }

    /// <summary>How often it ended without being killed.</summary>
    public int EndedByItself => _endings;

    /// <summary>How often it decided to be started anew because its bus was stuck.</summary>
    public int Left => _leavings;

    public void Watch() => _watch = Supervise();

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
        _stopping = true;
        await _process.DisposeAsync();
        await _watch;
    }

    async Task Supervise()
    {
        while (!_stopping)
        {
            if (_process.Process.HasExited && !_killing && !_stopping)
            {
                var stuck = _process.Process.ExitCode == 75;
                Interlocked.Increment(ref stuck ? ref _leavings : ref _endings);
                Progress.Say(stuck ? $"{_name} leaves because its bus is stuck" : $"{_name} ended by itself with exit code {_process.Process.ExitCode}, see its log");
                await Again();
            }
            await Task.Delay(200);
        }
    }

    async Task Again()
    {
        var before = _process;
        _process = Start();
        await before.DisposeAsync();
    }

    ServiceProcess Start() => ServiceProcess.Start(_name, _assembly, _settings, _logs);
}
