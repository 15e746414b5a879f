using System.Collections.Concurrent;

namespace Sigma.Notifier.Accounts;

/// <summary>
/// Fetched values, kept for a time that depends on the value. Many who ask for the same at once cause one fetch, which goes on when one of them stops
/// waiting.
/// </summary>
internal sealed class LoadingCache<TKey, TValue>(Func<TKey, Task<TValue>> fetch, Func<TValue, TimeSpan> keepFor, int limit, TimeProvider time)
    where TKey : notnull
{
    readonly Func<TKey, Task<TValue>> _fetch = fetch;
    readonly Func<TValue, TimeSpan> _keepFor = keepFor;
    readonly TimeProvider _time = time;
    readonly ConcurrentDictionary<TKey, Entry> _entries = new();

    public int Count => _entries.Count;

    public Task<TValue> Get(TKey key, CancellationToken ct)
    {
        while (true)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                if (!entry.IsOver(_time.GetUtcNow()))
                    return entry.Value.WaitAsync(ct);
                _entries.TryRemove(new(key, entry));
            }
            if (_entries.Count >= limit)
                MakeRoom();
            _entries.TryAdd(key, new Entry(this, key));
        }
    }

    /// <summary>Makes the next caller fetch again, unless the value has changed since <paramref name="stale"/> was read.</summary>
    public async Task Forget(TKey key, TValue stale)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Value.IsCompletedSuccessfully && ReferenceEquals(await entry.Value, stale))
            _entries.TryRemove(new(key, entry));
    }

    void MakeRoom()
    {
        foreach (var old in _entries.Where(e => e.Value.Until is not null).OrderBy(e => e.Value.Until).Take(Math.Max(1, limit / 10)).ToList())
            _entries.TryRemove(old);
        if (_entries.Count >= limit && _entries.FirstOrDefault() is { Value: not null } any)
            _entries.TryRemove(any); // everything is being fetched: a waiting caller still gets its value
    }

    sealed class Entry(LoadingCache<TKey, TValue> owner, TKey key)
    {
        readonly Lock _start = new();
        Task<TValue>? _value;

        TimeSpan _for;

        public DateTimeOffset? Until { get; private set; }

        public Task<TValue> Value
        {
            get
            {
                lock (_start)
                    return _value ??= Task.Run(Fetch);
            }
        }

        // Longer than it is kept: fetched while the clock was ahead.
        public bool IsOver(DateTimeOffset now) => Until <= now || Until - now > _for;

        async Task<TValue> Fetch()
        {
            try
            {
                var value = await owner._fetch(key);
                _for = owner._keepFor(value);
                Until = owner._time.GetUtcNow() + _for;
                return value;
            }
            catch
            {
                Until = DateTimeOffset.MinValue;
                throw;
            }
        }
    }
}
