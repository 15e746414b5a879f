using Sigma.Contracts;

namespace Sigma.Fetcher.Sources;

/// <summary>Something outside that is asked at every turn of a schedule: a feed of outages, a probe's check, a Prefect server.</summary>
internal interface IPolledSource
{
    /// <summary>What it is and when it is asked.</summary>
    SourcePlan Plan { get; }

    /// <summary>Asks once. No transaction is open meanwhile; what it throws is a failure of the source, and never an all-clear.</summary>
    /// <param name="memory">What the last look that succeeded left.</param>
    /// <param name="ct">Cancelled when the source's time is over.</param>
    Task<SourceLook> Look(SourceMemory memory, CancellationToken ct);

    /// <summary>Values that say that it failed at a time.</summary>
    IReadOnlyList<Sample> SamplesOfFailure(DateTimeOffset at) => [];
}
