using System.ComponentModel.DataAnnotations;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Settings;

namespace Sigma.Evaluator;

/// <summary>Section <c>Evaluator</c>.</summary>
public sealed class EvaluatorOptions : IValidatableObject
{
    /// <summary>The rules. Without any, one rule watches Segware with the defaults of <see cref="RuleOptions"/>.</summary>
    public List<RuleOptions> Rules { get; set; } = [];

    /// <summary>What is raised of what other systems report where no rule says so.</summary>
    public ReportedOptions Reported { get; set; } = new();

    /// <summary>When an agent is silent where no rule says so.</summary>
    public SilentAgentsOptions SilentAgents { get; set; } = new();

    /// <summary>Codes of the events we put into Segware ourselves; they come back and are never counted. Comma separated.</summary>
    public string OwnCodes { get; set; } = "E702";

    /// <summary>How long events are kept; not set: two of the longest window, four hours at least. Never shorter than that.</summary>
    [Duration("00:00:01", "3650.00:00:00")]
    public TimeSpan? KeepEvents { get; set; }

    /// <summary>Batches stored and counted at the same time. Each holds a few MB; two keep two processors busy.</summary>
    [Range(1, 32)]
    public int ParallelBatches { get; set; } = 2;

    /// <summary>Triggers decided on at the same time.</summary>
    [Range(1, 64)]
    public int ParallelTriggers { get; set; } = 16;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => RuleNames.Faults(Rules, nameof(Rules));
}
