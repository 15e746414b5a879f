namespace Sigma.Gateway.Liveness;

/// <summary>
/// The batches of one transaction. A try that was rolled back leaves its numbers to the next, for a number without news would leave the slice
/// uncovered.
/// </summary>
internal sealed class TakenBatches : IDisposable
{
    readonly List<(IntakeSlice Slice, IntakeBatch Batch)> _taken = [];
    readonly HashSet<IntakeBatch> _used = [];

    /// <summary>None of them is used any more.</summary>
    public void BeginAgain() => _used.Clear();

    /// <summary>A batch of a slice: one of a try before, or a new one.</summary>
    public IntakeBatch Next(IntakeSlice slice)
    {
        var (_, batch) = _taken.Find(taken => taken.Slice == slice && !_used.Contains(taken.Batch));
        if (batch is null)
            _taken.Add((slice, batch = slice.Begin()));
        _used.Add(batch);
        return batch;
    }

    /// <summary>The transaction is committed.</summary>
    public void Kept()
    {
        foreach (var batch in _used)
            batch.Kept();
    }

    public void Dispose()
    {
        foreach (var (_, batch) in _taken)
            batch.Dispose();
    }
}
