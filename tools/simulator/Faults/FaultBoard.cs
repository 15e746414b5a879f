namespace Sigma.Simulator.Faults;

/// <summary>The faults in force. The first one added that matches a call strikes it.</summary>
public sealed class FaultBoard
{
    private readonly Lock _lock = new();
    private readonly List<ActiveFault> _faults = [];
    private readonly TimeProvider _clock;
    private readonly int _seed;
    private int _lastId;
    private int _draws;

    internal FaultBoard(TimeProvider clock, int seed, IEnumerable<Fault> fromTheStart)
    {
        _clock = clock;
        _seed = seed;
        foreach (var fault in fromTheStart)
        {
            Add(fault);
        }
    }

    /// <summary>Those that still strike, or will.</summary>
    public IReadOnlyList<ActiveFault> Active
    {
        get
        {
            var now = _clock.GetUtcNow();
            lock (_lock)
            {
                return [.. _faults.Where(fault => !fault.IsOver(now))];
            }
        }
    }

    /// <summary>Breaks something from now on.</summary>
    /// <exception cref="ArgumentException">The fault makes no sense; the message says why.</exception>
    public ActiveFault Add(Fault fault)
    {
        if (fault.Complaint() is { } complaint)
        {
            throw new ArgumentException($"Fault on '{fault.Path}': {complaint}.", nameof(fault));
        }

        lock (_lock)
        {
            var active = new ActiveFault(this, fault, ++_lastId, _clock.GetUtcNow());
            _faults.Add(active);
            return active;
        }
    }

    /// <summary>Repairs everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    internal bool Remove(int id)
    {
        lock (_lock)
        {
            return _faults.RemoveAll(fault => fault.Id == id) > 0;
        }
    }

    internal Fault? Strike(string method, string path)
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            _faults.RemoveAll(fault => fault.IsOver(now));
            return _faults.Find(fault => fault.Strikes_NeedsLock(method, path, now, () => new SeededRandom(_seed, ++_draws).Share(0)))?.Fault;
        }
    }
}
