using Sigma.Storage;
using Sigma.Storage.Queries;

namespace Sigma.Evaluator.Queries;

/// <summary>Events that were put aside because they cannot be counted.</summary>
public static class OddEventRows
{
    /// <summary>To be asked about them.</summary>
    public static MalformedRows In(Database database) => new(database, "evaluator_odd_events", "0");
}
