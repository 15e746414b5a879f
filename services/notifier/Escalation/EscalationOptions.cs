using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Escalation;

/// <summary>Section <c>Notifier:Escalations:n</c>: who else is told of an alert that nobody takes on.</summary>
public sealed class EscalationOptions
{
    /// <summary>Its name, which routes have in <c>Escalation</c>.</summary>
    [Required, PlainName]
    public string Name { get; set; } = "";

    /// <summary>One after the other, until somebody acknowledges the alert or it is over.</summary>
    [Required, MinLength(1), MaxLength(10)]
    public IList<EscalationStepOptions> Steps { get; set; } = [];

    /// <summary>How often all steps are repeated.</summary>
    [Range(0, 10)]
    public int Repeat { get; set; }
}

/// <summary>Section <c>Notifier:Escalations:n:Steps:n</c>.</summary>
public sealed class EscalationStepOptions
{
    /// <summary>So long after the step before it; the first so long after the alert was written down.</summary>
    [Duration("00:00:01", "7.00:00:00")]
    public TimeSpan After { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Who is told.</summary>
    [Required]
    public string Receiver { get; set; } = "";
}
