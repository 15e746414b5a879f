using Polly.Timeout;
using Sigma.Storage;

namespace Sigma.Notifier.Accounts;

/// <summary>
/// Fails lookups at once for a while after one timed out, so that an unavailable Segware does not delay alerts.
/// </summary>
internal sealed class FailFast(TimeSpan pause, TimeProvider time)
{
    long _until;

    public async Task<T> Call<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        // A pause longer than it can be was begun by a clock that was ahead.
        if (Interlocked.Read(ref _until) - time.Milliseconds() is > 0 and var left && left <= pause.TotalMilliseconds)
            throw new TimeoutException("Segware timed out a moment ago");
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
