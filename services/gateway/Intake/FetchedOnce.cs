using System.Collections.Concurrent;

namespace Sigma.Gateway.Intake;

/// <summary>
/// What is fetched from addresses that deliveries name, and kept: a few of it, for a sender could name any number. Deliveries that come together wait
/// for one call.
/// </summary>
internal sealed class FetchedOnce<T>(Func<Uri, Task<T>> fetch, TimeProvider time) where T : class
{
    const int Most = 50;

    readonly ConcurrentDictionary<Uri, (T Value, DateTimeOffset FetchedAt)> _known = [];
    readonly ConcurrentDictionary<Uri, Lazy<Task<T>>> _coming = [];

    /// <summary>What is at an address: as it is known, or fetched where that is not good any more.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="isGood">Whether what was fetched so long ago still is.</param>
    /// <param name="ct">Ends the wait, not the call that others wait for too.</param>
    public async Task<T> Get(Uri address, Func<T, TimeSpan, bool> isGood, CancellationToken ct) =>
        Known(address, isGood) ?? await _coming.GetOrAdd(address, one => new(() => Fetch(one, isGood))).Value.WaitAsync(ct);

    async Task<T> Fetch(Uri address, Func<T, TimeSpan, bool> isGood)
    {
        try
        {
            if (Known(address, isGood) is { } known)
                return known; // the call before has just ended
            var began = time.GetUtcNow();
            var value = await fetch(address);
            if (_known.Count >= Most)
                _known.Clear();
            _known[address] = (value, began);
            return value;
        }
        finally
        {
            _coming.TryRemove(address, out _);
        }
    }

    T? Known(Uri address, Func<T, TimeSpan, bool> isGood) =>
        _known.TryGetValue(address, out var known) && isGood(known.Value, time.GetUtcNow() - known.FetchedAt) ? known.Value : null;
}
