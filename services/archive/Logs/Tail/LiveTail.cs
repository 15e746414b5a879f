using System.Threading.Channels;

namespace Sigma.Archive.Logs.Tail;

/// <summary>Shows lines to whoever watches, as they are stored. Who is too slow misses some and is told how many; nobody is waited for.</summary>
internal sealed class LiveTail
{
    const int MostWatchers = 50, MostWaiting = 1_000;

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
        long _missed;

        public ChannelReader<StoredLine> Lines => _lines.Reader;

        /// <summary>How many lines were missed since this was last asked.</summary>
        public long TakeMissed() => Interlocked.Exchange(ref _missed, 0);

        public void Send(IReadOnlyList<StoredLine> lines)
        {
            lock (_matcher)
                foreach (var line in lines)
                    if (_matcher.Accepts(line.Line, line.Source) && !_lines.Writer.TryWrite(line))
                        Interlocked.Increment(ref _missed);
        }

        public void Dispose()
        {
            tail.Remove(this);
            _lines.Writer.TryComplete();
        }
    }
}
