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
        if (time.Milliseconds() < Interlocked.Read(ref _until))
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
