using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Notifier.Deliveries;

/// <summary>Section <c>Notifier:Deliveries</c>.</summary>
public sealed class DeliveryOptions : IValidatableObject
{
    /// <summary>Wait after the first failed try; it doubles, with jitter.</summary>
    [Duration("00:00:00.01", "01:00:00")]
    public TimeSpan RetryFrom { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two tries, unless the API asks for a longer one.</summary>
    [Duration("00:00:00.01", "1.00:00:00")]
    public TimeSpan RetryTo { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an alert matters: after that a delivery has failed.</summary>
    [Duration("00:00:01", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often lost messages are looked for.</summary>
    [Duration("00:00:01", "01:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a delivery must be overdue to be taken for one whose message was lost.</summary>
    [Duration("00:00:00.1", "1.00:00:00")]
    public TimeSpan OverdueAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>No try is put off for longer, whatever an API asks for: what is due later was written by a clock that was ahead.</summary>
    internal TimeSpan LongestWait => (RetryTo > AskedFor ? RetryTo : AskedFor) * 1.25;

    // An API's Retry-After is bounded by less than this (ApiResilience).
    static readonly TimeSpan AskedFor = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RetryTo < RetryFrom)
            yield return new ValidationResult("must not be shorter than RetryFrom", [nameof(RetryTo)]);
    }
}
