namespace Sigma.OperatorConsole.Board;

/// <summary>The last changes of alerts, for those who are told of each as it comes. Whoever is further behind reads the table.</summary>
internal sealed class BoardChanges
{
    const int Most = 20_000;

    readonly Queue<BoardChange> _changes = new();
    readonly Lock _lock = new();
    long _from;

    /// <summary>Begins anew: what came up to this sequence is not here.</summary>
    public void Clear(long from)
    {
        lock (_lock)
        {
            _changes.Clear();
            _from = from;
        }
    }

    /// <summary>Adds one, which is later than all before.</summary>
    public void Add(BoardChange change)
    {
        lock (_lock)
        {
            if (_changes.Count == Most)
                _from = _changes.Dequeue().Sequence;
            _changes.Enqueue(change);
        }
    }

    /// <summary>Those after a sequence; null when some of them are not here any more.</summary>
    public List<BoardChange>? After(long sequence)
    {
        lock (_lock)
        {
            if (sequence < _from)
                return null;
            List<BoardChange> after = [];
            foreach (var change in _changes)
                if (change.Sequence > sequence)
                    after.Add(change);
            return after;
        }
    }
}

/// <summary>A change of an alert.</summary>
/// <param name="Sequence">Its place in the order of all changes.</param>
/// <param name="Alert">How it is since.</param>
/// <param name="Before">How it was; null when the board did not show it.</param>
internal sealed record BoardChange(long Sequence, BoardAlert Alert, BoardAlert? Before)
{
    /// <summary>It was read from the table, where it does not stand how the alert was.</summary>
    public bool IsRead { get; init; }
}
