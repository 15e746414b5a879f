using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Evaluator.Rules;

/// <summary>
/// The built-in rule for what other systems report, of every source for which no rule of the kind <c>external</c> is written: section
/// <c>Evaluator:Reported</c>.
/// </summary>
public sealed class ReportedOptions
{
    /// <summary><c>live</c>, <c>shadow</c> or <c>off</c>.</summary>
    public RuleMode Mode { get; set; } = RuleMode.Live;

    /// <summary>
    /// Sources it leaves out, comma separated. A flow run that an alert has started and that fails would raise an alert that starts it again.
    /// </summary>
    public string Except { get; set; } = "prefect";

    /// <summary>An alert that its sender does not repeat for so long is over; not set: what integrations say alone.</summary>
    [Duration("00:00:10", "90.00:00:00")]
    public TimeSpan? CloseAfter { get; set; }
}

/// <summary>
/// The built-in rule for agents that fall silent, of every source for which no rule of the kind <c>absence</c> is written: section
/// <c>Evaluator:SilentAgents</c>.
/// </summary>
public sealed class SilentAgentsOptions : IValidatableObject
{
    /// <summary><c>live</c>, <c>shadow</c> or <c>off</c>.</summary>
    public RuleMode Mode { get; set; } = RuleMode.Live;

    /// <summary>Sources it leaves out, comma separated.</summary>
    public string Except { get; set; } = "";

    /// <summary>So long nothing may be heard of an agent.</summary>
    [Duration("00:00:01", "30.00:00:00")]
    public TimeSpan After { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>An agent that is silent for so long is forgotten: its alert ends.</summary>
    [Duration("00:01:00", "3650.00:00:00")]
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Carried by the alerts, at most 32 characters.</summary>
    [Required, MaxLength(32)]
    public string Severity { get; set; } = "high";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ForgetAfter <= After)
            yield return new ValidationResult($"is {ForgetAfter}, not longer than {nameof(After)}: no agent would ever be silent",
                [nameof(ForgetAfter)]);
        if (Severity == RuleOptions.Reported)
            yield return new ValidationResult($"is '{RuleOptions.Reported}': a silent agent reports none", [nameof(Severity)]);
    }
}
