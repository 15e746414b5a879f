namespace Sigma.OperatorConsole.Board;

/// <summary>The last changes of alerts, for those who are told of each as it comes. Whoever is further behind reads the table.</summary>
internal sealed class BoardChanges
{
    const int Most = 8_000;

    readonly BoardChange?[] _ring = new BoardChange?[Most];
    readonly Lock _lock = new();
    int _first, _count;
    long _from;

    /// <summary>Begins anew: what came up to this sequence is not here.</summary>
    public void Clear(long from)
    {
        lock (_lock)
        {
            Array.Clear(_ring);
            (_first, _count, _from) = (0, 0, from);
        }
    }

    /// <summary>Adds one, which is later than all before.</summary>
    public void Add(BoardChange change)
    {
        lock (_lock)
        {
            if (_count == Most)
            {
                _from = At(0).Sequence;
                _first = (_first + 1) % Most;
                _count--;
            }
            _ring[(_first + _count++) % Most] = change;
        }
    }

    /// <summary>Those after a sequence; null when some of them are not here any more.</summary>
    public List<BoardChange>? After(long sequence)
    {
        lock (_lock)
        {
            if (sequence < _from)
                return null;
            var (low, high) = (0, _count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (At(middle).Sequence > sequence)
                    high = middle;
                else
                    low = middle + 1;
            }
            List<BoardChange> after = new(_count - low);
            for (; low < _count; low++)
                after.Add(At(low));
            return after;
        }
    }

    BoardChange At(int place) => _ring[(_first + place) % Most]!;
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
