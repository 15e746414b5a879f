namespace Sigma.Storage.Outbox;

/// <summary>Wakes the relay of this process when a transaction has left something in the outbox.</summary>
internal sealed class RelaySignal : IDisposable
{
    readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // already set
        }
    }

    public Task Wait(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);

    public void Dispose() => _signal.Dispose();
}
