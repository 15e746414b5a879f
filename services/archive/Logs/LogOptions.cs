using System.ComponentModel.DataAnnotations;
using Sigma.Archive.Logs.OpenSearch;
using Sigma.Hosting.Settings;

namespace Sigma.Archive.Logs;

/// <summary>How log lines are kept and found.</summary>
public sealed class LogOptions : IValidatableObject
{
    /// <summary>Days for which lines of the level medium and above are kept.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 90;

    /// <summary>Days for which lines of the level info, and those without one, are kept.</summary>
    [Range(1, 3650)]
    public int KeepRoutineDays { get; set; } = 30;

    /// <summary>A line that says it is further ahead of its arrival than this is stored at its arrival.</summary>
    [Duration("00:00:00", "1.00:00:00")]
    public TimeSpan AheadLimit { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A line that says it is further behind its arrival than this is stored at its arrival.</summary>
    [Duration("00:01:00", "3650.00:00:00")]
    public TimeSpan BehindLimit { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Batches taken from the broker at the same time; each holds about 1 MB.</summary>
    [Range(1, 256)]
    public int ParallelBatches { get; set; } = 32;

    /// <summary>A search ends after this, with what it has found until then.</summary>
    [Duration("00:00:00.1", "00:00:25")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>OpenSearch in the place of the archive's own files, where an address is set.</summary>
    public OpenSearchOptions OpenSearch { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BehindLimit > TimeSpan.FromDays(Math.Min(KeepDays, KeepRoutineDays)))
            yield return new ValidationResult("must not be longer than lines are kept", [nameof(BehindLimit)]);
    }
}
