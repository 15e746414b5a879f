namespace Sigma.Simulator.Vendors;

/// <summary>Counts calls by key over a sliding window.</summary>
internal sealed class CallRate(TimeProvider clock, TimeSpan window)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _calls = new(StringComparer.Ordinal);

    /// <returns>How long to wait when there were as many as the limit; null when this one may pass, and counts.</returns>
    public TimeSpan? Wait(string key, int limit)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var calls = _calls.TryGetValue(key, out var known) ? known : _calls[key] = new();
            while (calls.TryPeek(out var oldest) && oldest <= now - window)
            {
                calls.Dequeue();
            }

            if (calls.Count >= limit)
            {
                return calls.Peek() + window - now;
            }

            calls.Enqueue(now);
            return null;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _calls.Clear();
        }
    }
}
