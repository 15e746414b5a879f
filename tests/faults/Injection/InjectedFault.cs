namespace Sigma.Faults.Injection;

/// <summary>A kind of fault: what is struck, and the stroke itself, which ends when the fault does.</summary>
/// <param name="Group">Under which it is reported.</param>
/// <param name="Alone">Whether it waits for all others, so that the recovery is its own.</param>
/// <param name="Draw">Draws one of the kind: what is said of it, and what is done.</param>
internal sealed record FaultKind(string Group, bool Alone, Func<Random, (string What, Func<CancellationToken, Task> Do)> Draw);

/// <summary>A fault that was injected.</summary>
internal sealed record InjectedFault(string Group, string What, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>From its end until all was well; null when that was not measured (others overlapped) or never came about.</summary>
    public TimeSpan? Recovered { get; set; }

    /// <summary>Whether all was not well again within the patience.</summary>
    public bool NeverRecovered { get; set; }
}
