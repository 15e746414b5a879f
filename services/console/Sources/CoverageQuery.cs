using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Sources;

/// <summary>How well Segware is watched.</summary>
internal sealed class CoverageQuery(FetcherClient fetcher)
{
    /// <summary>A day, and the longest time that the fetcher tells of.</summary>
    public const int Usual = 24, Most = 7 * 24;

    /// <summary>Which minutes of the last hours are covered, late or missing, and why.</summary>
    public Task<SourceCoverage> Of(int? hours, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return fetcher.Coverage(Math.Clamp(hours ?? Usual, 1, Most), ct);
    }
}
