using Sigma.Simulator.Segware;

namespace Sigma.Simulator.Scenarios;

/// <summary>Puts the scenario's events into the store as time goes by: whoever looks, asks it to catch up first.</summary>
internal sealed class ScenarioPlayer
{
    private readonly Lock _lock = new();
    private readonly Scenario _scenario;
    private readonly SimulatorOptions _options;
    private readonly SegwareStore _store;
    private readonly TimeProvider _clock;
    private StreamCursor[] _cursors = [];

    public ScenarioPlayer(Scenario scenario, SimulatorOptions options, SegwareStore store, TimeProvider clock)
    {
        _scenario = scenario;
        _options = options;
        _store = store;
        _clock = clock;
        Restart();
    }

    public string Name => _scenario.Name;

    public DateTimeOffset StartedAt { get; private set; }

    public void Restart()
    {
        lock (_lock)
        {
            StartedAt = _clock.GetUtcNow();
            _cursors =
            [
                .. _scenario.Streams.Select((stream, index) => new StreamCursor(stream, index, _options.Seed, StartedAt, _options.SystemUserId)),
            ];
        }
    }

    public void CatchUp()
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            var added = new List<SegwareEvent>();
            foreach (var (e, opened) in _cursors.SelectMany(cursor => cursor.Take(now)))
            {
                added.Add(e);
                if (opened is not null)
                {
                    _store.Add(opened);
                }
            }

            _store.AddRange(added);
        }
    }
}
