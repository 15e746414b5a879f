using Sigma.Evaluator.Coverage;
using Sigma.Storage;

namespace Sigma.Evaluator.Queries;

/// <summary>Which time of a source is counted.</summary>
public sealed class CoverageQuery(Database database)
{
    readonly CoverageLog _log = new(database);

    /// <summary>Every stretch that is counted without a gap, oldest first.</summary>
    public Task<IReadOnlyList<CoveredRange>> All(string source, CancellationToken ct) => _log.All(source, ct);

    /// <summary>The newest of them.</summary>
    public Task<CoveredRange?> Newest(string source, CancellationToken ct) => _log.Covered(source, ct);
}
