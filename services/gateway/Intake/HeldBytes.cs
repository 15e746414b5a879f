namespace Sigma.Gateway.Intake;

/// <summary>What one request holds of the bytes of all, until it is answered.</summary>
internal sealed class HeldBytes(ByteBudget budget, Action refused) : IDisposable
{
    static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(2);

    long _bytes;

    /// <summary>Holds so many more, before they are there.</summary>
    /// <exception cref="RefusedException">All requests together hold too much.</exception>
    public void Add(long bytes)
    {
        if (bytes <= 0)
            return;
        if (!budget.TryTake(bytes, Interlocked.Read(ref _bytes)))
        {
            refused();
            throw new RefusedException(Refusal.Unavailable, "Too many requests are in hand.") { RetryAfter = ComeAgain };
        }
        Interlocked.Add(ref _bytes, bytes);
    }

    public void Dispose() => budget.Return(Interlocked.Exchange(ref _bytes, 0));
}
