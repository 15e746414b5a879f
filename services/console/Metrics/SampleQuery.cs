using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Metrics;

/// <summary>Series of samples and their values, for those who see everything.</summary>
internal sealed class SampleQuery(ArchiveClient archive)
{
    /// <summary>The series there are.</summary>
    public Task<ServicePage<ArchivedSeries>> Series(SeriesQuestion question, string? after, int limit, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return archive.Series(question, after, limit, ct);
    }

    /// <summary>Their values, in steps.</summary>
    public Task<ArchivedSamples> Samples(SeriesQuestion question, double? step, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return archive.Samples(question, step, ct);
    }
}
