using Sigma.Contracts;

namespace Sigma.Gateway.Liveness;

/// <summary>A slice of this process's time: the batches of news that name it, and what is still in hand of it.</summary>
internal sealed class IntakeSlice(string gateway, DateTimeOffset from)
{
    int _batches, _inHand;
    volatile bool _broken;

    public DateTimeOffset From { get; } = from;

    /// <summary>Its end; null while it lasts.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>How many batches name it.</summary>
    public int Batches => Volatile.Read(ref _batches);

    /// <summary>Whether nothing of it is in hand any more.</summary>
    public bool IsDone => Volatile.Read(ref _inHand) == 0;

    /// <summary>Whether something was not taken that should have been: it is never reported.</summary>
    public bool IsBroken => _broken;

    public void Break() => _broken = true;

    /// <summary>Holds it open until what is returned is disposed.</summary>
    public IDisposable Hold()
    {
        Interlocked.Increment(ref _inHand);
        return new Held(this);
    }

    /// <summary>A batch that names it.</summary>
    public IntakeBatch Begin()
    {
        Interlocked.Increment(ref _inHand);
        return new(this, new IntakePart(gateway, From, Interlocked.Increment(ref _batches)));
    }

    internal void Release() => Interlocked.Decrement(ref _inHand);

    sealed class Held(IntakeSlice slice) : IDisposable
    {
        IntakeSlice? _slice = slice;

        public void Dispose() => Interlocked.Exchange(ref _slice, null)?.Release();
    }
}

/// <summary>A batch of news on its way. One that is not kept leaves its number without news, so its slice is never covered.</summary>
internal sealed class IntakeBatch(IntakeSlice slice, IntakePart part) : IDisposable
{
    bool _kept, _disposed;

    public IntakePart Part => part;

    /// <summary>The broker has it, or the database.</summary>
    public void Kept() => _kept = true;

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_kept)
            slice.Break();
        slice.Release();
    }
}
