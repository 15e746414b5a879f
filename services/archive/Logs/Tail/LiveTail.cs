using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Sigma.Archive.Logs.Tail;

/// <summary>Shows lines to whoever watches, as they are stored. Who is too slow misses some and is told how many; nobody is waited for.</summary>
internal sealed class LiveTail
{
    // Of each, however long its lines are.
    const int MostWatchers = 50, MostWaiting = 1_000, MostCharacters = 256 * 1024;

    readonly Lock _lock = new();
    volatile Watcher[] _watchers = [];

    public int Watchers => _watchers.Length;

    /// <summary>Begins to watch; null when too many do.</summary>
    public Watcher? Watch(LogQuery query)
    {
        lock (_lock)
        {
            if (_watchers.Length >= MostWatchers)
                return null;
            Watcher watcher = new(this, query);
            _watchers = [.. _watchers, watcher];
            return watcher;
        }
    }

    /// <summary>By the one thread that stores.</summary>
    public void Send(IReadOnlyList<StoredLine> lines)
    {
        foreach (var watcher in _watchers)
            watcher.Send(lines);
    }

    void Remove(Watcher watcher)
    {
        lock (_lock)
            _watchers = [.. _watchers.Where(other => other != watcher)];
    }

    /// <summary>Who watches.</summary>
    internal sealed class Watcher(LiveTail tail, LogQuery query) : IDisposable
    {
        readonly Channel<StoredLine> _lines = Channel.CreateBounded<StoredLine>(MostWaiting);
        readonly LineMatcher _matcher = new(query);
        long _missed, _characters;

        /// <summary>Waits for a line; false when there comes none any more.</summary>
        public ValueTask<bool> WaitToRead(CancellationToken ct) => _lines.Reader.WaitToReadAsync(ct);

        /// <summary>Takes the next line, if there is one.</summary>
        public bool TryRead([MaybeNullWhen(false)] out StoredLine line)
        {
            if (!_lines.Reader.TryRead(out line))
                return false;
            Interlocked.Add(ref _characters, -LengthOf(line));
            return true;
        }

        /// <summary>How many lines were missed since this was last asked.</summary>
        public long TakeMissed() => Interlocked.Exchange(ref _missed, 0);

        public void Send(IReadOnlyList<StoredLine> lines)
        {
            lock (_matcher)
                foreach (var line in lines)
                    if (_matcher.Accepts(line.Line, line.Source) && !TryAdd(line))
                        Interlocked.Increment(ref _missed);
        }

        public void Dispose()
        {
            tail.Remove(this);
            _lines.Writer.TryComplete();
        }

        bool TryAdd(StoredLine line)
        {
            var length = LengthOf(line);
            // One that is longer than all of it is shown when nothing else waits.
            if (Interlocked.Add(ref _characters, length) is var after && (after <= MostCharacters || after == length) && _lines.Writer.TryWrite(line))
                return true;
            Interlocked.Add(ref _characters, -length);
            return false;
        }

        static int LengthOf(StoredLine line) => line.Line.Text.Length;
    }
}
