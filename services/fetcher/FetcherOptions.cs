using System.ComponentModel.DataAnnotations;
using Sigma.Contracts;
using Sigma.Fetcher.Sources;
using Sigma.Fetcher.Sources.Affected;
using Sigma.Fetcher.Sources.Prefect;
using Sigma.Fetcher.Sources.Probes;
using Sigma.Fetcher.Sources.StatusFeeds;
using Sigma.Hosting.Settings;

namespace Sigma.Fetcher;

/// <summary>How the source is watched. Section <c>Fetcher</c>.</summary>
public sealed class FetcherOptions : IValidatableObject
{
    /// <summary>Name of the source in all messages.</summary>
    [Required, StringLength(64), DeniedValues(Drill.Source, ErrorMessage = "is the name kept for drills")]
    public string Source { get; set; } = "segware";

    /// <summary>Time from the start of a poll to the start of the next.</summary>
    [Duration("00:00:00.1", "1.00:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest stretch of time asked for in one call.</summary>
    [Duration("00:00:01", "1.00:00:00")]
    public TimeSpan SliceLength { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How far back the first start goes. At least the longest window of any rule, else the first windows are known only in part and cannot clear.
    /// </summary>
    [Duration("00:00:01", "31.00:00:00")]
    public TimeSpan FirstLookBack { get; set; } = TimeSpan.FromHours(2);

    /// <summary>A slice is asked for again until it was asked for this long after its end, for events that arrive late.</summary>
    [Duration("00:00:00", "1.00:00:00")]
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How far the overlap may grow by itself: while events appear later than <see cref="Overlap"/> after they happened, or Segware's clock differs
    /// from ours, slices are asked for again for as long as that takes. To see it, each slice is asked once more after a sixth of this and after all
    /// of it. When even this is too short, it is logged.
    /// </summary>
    [Duration("00:00:00", "1.00:00:00")]
    public TimeSpan LongestOverlap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Time that is not covered this long after it passed is missing, and late once it is. At least two poll intervals.</summary>
    [Duration("00:00:01", "1.00:00:00")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Calls to Segware at the same time.</summary>
    [Range(1, 32)]
    public int ParallelCalls { get; set; } = 4;

    /// <summary>
    /// At the start of the process, published slices that end within this span are published once more: for a transport that forgets. Off by default.
    /// </summary>
    [Duration("00:00:00", "31.00:00:00")]
    public TimeSpan AskAgainAtStart { get; set; }

    /// <summary>How long the fetches of a slice may fail before it is abandoned.</summary>
    [Duration("00:00:01", "31.00:00:00")]
    public TimeSpan RetryFailedFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long slices are remembered.</summary>
    [Duration("1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepSlices { get; set; } = TimeSpan.FromDays(30);

    /// <summary>CUCs to watch, comma separated; empty or <c>*</c> for all.</summary>
    public string Cucs { get; set; } = "ALI,ALR,BEM,CER,IVA,PAB,PIN";

    /// <summary>Codes to watch, comma separated; empty or <c>*</c> for all.</summary>
    public string Codes { get; set; } = "*";

    /// <summary>How far back occurrences of the system user are asked for. At least the longest window of any rule.</summary>
    [Duration("00:00:01", "31.00:00:00")]
    public TimeSpan OccurrencesLookBack { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How long events wait for the answer about occurrences, so that an excused event does not count even for a moment.</summary>
    [Duration("00:00:00", "00:10:00")]
    public TimeSpan OccurrencesPatience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Providers' pages of outages that are watched.</summary>
    [MaxLength(100, ErrorMessage = "are 100 at most")]
    public IList<StatusFeedOptions> StatusFeeds { get; set; } = [];

    /// <summary>What of ours stands on what of the providers'.</summary>
    [MaxLength(5000, ErrorMessage = "are 5,000 at most")]
    public IList<AffectedOptions> Affected { get; set; } = [];

    /// <summary>What is looked at by probes.</summary>
    public ProbeOptions Probes { get; set; } = new();

    /// <summary>Prefect servers that are watched.</summary>
    [MaxLength(50, ErrorMessage = "are 50 at most")]
    public IList<PrefectSourceOptions> Prefect { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => SourceNames.Twins(this);
}
