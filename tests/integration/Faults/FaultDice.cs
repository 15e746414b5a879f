namespace Sigma.IntegrationTests.Faults;

/// <summary>
/// Says for each operation of a layer whether and how it fails. The gaps are random and bounded: after four times the mean a fault is certain.
/// </summary>
internal sealed class FaultDice
{
    readonly Lock _lock = new();
    readonly Random _random;
    readonly int _mean;
    readonly Action<FaultKind> _injected;
    int _left;

    public FaultDice(int seed, int mean, Action<FaultKind> injected)
    {
        _random = new Random(seed);
        _mean = mean;
        _injected = injected;
        _left = Gap();
    }

    /// <summary>What happens to the next operation; a kind that is named twice is twice as likely. Null: nothing.</summary>
    public FaultKind? Draw(params ReadOnlySpan<FaultKind> possible)
    {
        lock (_lock)
        {
            if (possible.IsEmpty || --_left > 0)
                return null;
            _left = Gap();
            var kind = possible[_random.Next(possible.Length)];
            _injected(kind);
            return kind;
        }
    }

    /// <summary>How long a slow operation takes longer.</summary>
    public TimeSpan Pause()
    {
        lock (_lock)
            return TimeSpan.FromMilliseconds(_random.Next(10, 80));
    }

    int Gap() => Math.Min(4 * _mean, 1 + (int)(-Math.Log(1 - _random.NextDouble()) * _mean));
}
