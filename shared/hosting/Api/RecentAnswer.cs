namespace Sigma.Hosting.Api;

/// <summary>What another service said a moment ago, asked for by one at a time: whoever comes meanwhile waits for the same answer.</summary>
/// <param name="ask">Asks.</param>
/// <param name="lasts">How long an answer is used.</param>
/// <param name="time">By which that is measured.</param>
public sealed class RecentAnswer<T>(Func<CancellationToken, Task<T>> ask, TimeSpan lasts, TimeProvider time) where T : class
{
    readonly SemaphoreSlim _turn = new(1, 1);
    T? _known;
    long _askedAt;

    /// <summary>The answer; what asking throws is thrown, and is not remembered.</summary>
    public async Task<T> Get(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (_known is { } known && time.GetElapsedTime(_askedAt) < lasts)
                return known;
            var answer = await ask(ct);
            _known = answer;
            _askedAt = time.GetTimestamp();
            return answer;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The next one asks anew: something was changed.</summary>
    public void Forget() => Volatile.Write(ref _known, null);
}
