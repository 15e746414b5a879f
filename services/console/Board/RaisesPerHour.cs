using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Sigma.OperatorConsole.Board;

/// <summary>
/// How many alerts of each rule and key were raised in each of the last 24 hours of the clock. Of one key there is one episode at a time, so that one
/// which was raised no later than the last is counted already.
/// </summary>
internal sealed class RaisesPerHour
{
    /// <summary>Hours that are kept.</summary>
    public const int Hours = 24;

    // What has more keys within a day has no bars for the rest of them.
    const int MostKeys = 100_000;

    readonly ConcurrentDictionary<Guid, KeyRaises> _keys = new();

    int _count; // the dictionary locks itself whole to count

    public IEnumerable<KeyRaises> Keys => _keys.Select(key => key.Value);

    /// <summary>Counts the raise of an alert, unless it is counted or older.</summary>
    public void Add(BoardAlert alert, Guid key, DateTimeOffset now)
    {
        var hour = Hour(alert.View.RaisedAt);
        if (hour <= Hour(now) - Hours)
            return;
        if (!_keys.TryGetValue(key, out var raises))
        {
            if (_count >= MostKeys)
                return;
            _keys[key] = raises = new KeyRaises();
            _count++;
        }
        raises.Add(alert, hour);
    }

    /// <summary>Forgets the keys that were not raised in the last 24 hours.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var (key, raises) in _keys)
            if (raises.LastHour <= Hour(now) - Hours)
                _keys.TryRemove(key, out _);
        _count = _keys.Count;
    }

    public void Clear()
    {
        _keys.Clear();
        _count = 0;
    }

    /// <summary>The hour of the clock, UTC, by its number.</summary>
    public static long Hour(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;
}

/// <summary>The raises of one rule and key.</summary>
internal sealed class KeyRaises
{
    HourCounts _counts;
    DateTimeOffset _lastRaise;

    /// <summary>The newest alert of the key.</summary>
    public BoardAlert Latest { get; private set; } = null!;

    /// <summary>The hour of the newest raise.</summary>
    public long LastHour { get; private set; }

    public void Add(BoardAlert alert, long hour)
    {
        if (Latest is null || alert.View.RaisedAt >= _lastRaise)
            Latest = alert; // also one that has a name by now
        if (alert.View.RaisedAt <= _lastRaise)
            return;
        _lastRaise = alert.View.RaisedAt;
        for (var empty = Math.Max(LastHour + 1, hour - RaisesPerHour.Hours + 1); empty <= hour; empty++)
            _counts[(int)(empty % RaisesPerHour.Hours)] = 0;
        LastHour = hour;
        ref var count = ref _counts[(int)(hour % RaisesPerHour.Hours)];
        if (count < ushort.MaxValue)
            count++;
    }

    /// <summary>Adds to the counts of the last 24 hours, the last of which is this one.</summary>
    public void AddTo(int[] bar, long now)
    {
        for (var hour = Math.Max(LastHour - RaisesPerHour.Hours, now - RaisesPerHour.Hours) + 1; hour <= Math.Min(LastHour, now); hour++)
            bar[hour - now + RaisesPerHour.Hours - 1] += _counts[(int)(hour % RaisesPerHour.Hours)];
    }

    [InlineArray(RaisesPerHour.Hours)]
    struct HourCounts
    {
        ushort _first;
    }
}
