namespace Sigma.Simulator.Faults;

/// <summary>A fault that was added; dispose it to repair what it broke.</summary>
public sealed class ActiveFault : IDisposable
{
    private readonly FaultBoard _board;
    private readonly TaskCompletionSource _struck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;
    private int _hits;

    internal ActiveFault(FaultBoard board, Fault fault, int id, DateTimeOffset addedAt)
    {
        _board = board;
        Fault = fault;
        Id = id;
        Begins = addedAt + fault.StartsAfter;
        Ends = Begins + fault.For;
    }

    /// <summary>Its number on the board.</summary>
    public int Id { get; }

    /// <summary>What was added.</summary>
    public Fault Fault { get; }

    /// <summary>When it begins, by the simulator's clock.</summary>
    public DateTimeOffset Begins { get; }

    /// <summary>When it ends, if ever.</summary>
    public DateTimeOffset? Ends { get; }

    /// <summary>How many calls it has struck.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Waits until it has struck a call.</summary>
    public Task Struck(CancellationToken cancellationToken) => _struck.Task.WaitAsync(cancellationToken);

    /// <summary>Removes it.</summary>
    public void Dispose() => _board.Remove(Id);

    internal bool IsOver(DateTimeOffset now) => Ends <= now || _hits >= Fault.Count;

    internal bool Strikes_NeedsLock(string method, string path, DateTimeOffset now, Func<double> chance)
    {
        var struck = Begins <= now
            && !IsOver(now)
            && (Fault.Method is null || Fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            && PathPattern.Matches(Fault.Path, path)
            && ++_seen > Fault.Skip
            && (Fault.Probability >= 1 || chance() < Fault.Probability);
        if (struck)
        {
            _hits++;
            _struck.TrySetResult();
        }

        return struck;
    }
}
