namespace Sigma.Gateway.Intake;

/// <summary>So many bytes are held at a time. Who gets none is told to come again: memory is bounded whatever comes.</summary>
internal sealed class ByteBudget(long most)
{
    long _taken;

    /// <summary>Bytes that are held now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>
    /// Takes bytes for one who holds some already, or says that there are none. One that is larger than all of it gets through alone.
    /// </summary>
    public bool TryTake(long bytes, long held = 0)
    {
        var after = Interlocked.Add(ref _taken, bytes);
        if (after <= most || after == held + bytes)
            return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
