using System.Diagnostics;
using System.Text;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Screens;

/// <summary>When each alert of a storm was said to be raised and cleared, and what came of it on the screens.</summary>
internal sealed class StormWatch(uint series, int most)
{
    readonly byte[] _series = Encoding.ASCII.GetBytes($"{series:x8}-");
    readonly long[] _raised = new long[most], _cleared = new long[most];

    public ReadOnlySpan<byte> Series => _series;

    public int Most => most;

    /// <summary>It is published now.</summary>
    public void Raise(int number) => Volatile.Write(ref _raised[number], Stopwatch.GetTimestamp());

    /// <summary>Its end is published now.</summary>
    public void Clear(int number) => Volatile.Write(ref _cleared[number], Stopwatch.GetTimestamp());

    public long RaisedAt(int number) => Volatile.Read(ref _raised[number]);

    public long ClearedAt(int number) => Volatile.Read(ref _cleared[number]);
}

/// <summary>What one screen has seen of a storm, and how long after it was published.</summary>
/// <param name="watch">What is published.</param>
/// <param name="shows">Whether the screen's filter lets an alert through.</param>
internal sealed class StormSight(StormWatch watch, Func<int, bool> shows)
{
    readonly bool[] _raised = new bool[watch.Most], _cleared = new bool[watch.Most];
    readonly Lock _lock = new();

    /// <summary>From publishing until the screen had it.</summary>
    public Times Took { get; } = new();

    /// <summary>A stream, which is told of all that fits.</summary>
    public void OfStream(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> text)
    {
        if (AlertStock.Find(text, watch.Series, out _) is var number and >= 0)
            See(number, kind.StartsWith("cleared"u8));
    }

    /// <summary>A page, which is sent the rows that have room.</summary>
    public void OfPage(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> text)
    {
        for (; AlertStock.Find(text, watch.Series, out var end) is var number and >= 0; text = text[end..])
            See(number, isOver: false);
    }

    /// <summary>How much of what was published, of these raises and these ends, it was never sent.</summary>
    public int Missing(Range raises, Range ends)
    {
        lock (_lock)
            return Enumerable.Range(raises.Start.Value, raises.End.Value - raises.Start.Value).Count(n => shows(n) && !_raised[n])
                + Enumerable.Range(ends.Start.Value, ends.End.Value - ends.Start.Value).Count(n => shows(n) && !_cleared[n]);
    }

    void See(int number, bool isOver)
    {
        var now = Stopwatch.GetTimestamp();
        if (number >= watch.Most)
            return;
        lock (_lock)
        {
            ref var seen = ref (isOver ? _cleared : _raised)[number];
            if (seen)
                return;
            seen = true;
            if ((isOver ? watch.ClearedAt(number) : watch.RaisedAt(number)) is var published and > 0)
                Took.Add(Stopwatch.GetElapsedTime(published, now).TotalMilliseconds);
        }
    }
}
