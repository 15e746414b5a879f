using Polly.Timeout;
using Sigma.Storage;

namespace Sigma.Notifier.Accounts;

/// <summary>
/// One kind of look-up: when one gets no answer, those that follow are spared the wait for a while, so that a silent Segware does not hold alerts.
/// </summary>
internal sealed class Silence(TimeSpan pause, TimeProvider time)
{
    long _until;

    public async Task<T> Or<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        // A pause longer than it can be was begun by a clock that was ahead.
        if (Interlocked.Read(ref _until) - time.Milliseconds() is > 0 and var left && left <= pause.TotalMilliseconds)
            throw new TimeoutException("Segware did not answer a moment ago");
        try
        {
            return await call(ct);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or TimeoutRejectedException)
        {
            Interlocked.Exchange(ref _until, time.Milliseconds() + (long)pause.TotalMilliseconds);
            throw;
        }
    }
}
