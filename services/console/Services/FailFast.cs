namespace Sigma.OperatorConsole.Services;

/// <summary>After a call without an answer, calls to the same service fail at once for a few seconds: no page waits for it twice.</summary>
internal sealed class FailFast(TimeProvider time)
{
    static readonly TimeSpan For = TimeSpan.FromSeconds(5);

    Failed? _last;

    /// <summary>Throws what happened last, while that is recent.</summary>
    public void ThrowIfUnavailable()
    {
        if (Volatile.Read(ref _last) is { } last && time.GetElapsedTime(last.At) < For)
            throw new ServiceException(last.Cause.Service, last.Cause.Failure, last.Cause.Message, last.Cause.Status, inner: last.Cause);
    }

    /// <summary>The service did not answer.</summary>
    public void Trip(ServiceException cause) => Volatile.Write(ref _last, new(time.GetTimestamp(), cause));

    /// <summary>It does.</summary>
    public void Reset() => Volatile.Write(ref _last, null);

    sealed record Failed(long At, ServiceException Cause);
}
