using System.ComponentModel.DataAnnotations;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Routing;

/// <summary>
/// Section <c>Notifier:Routes:n</c>: which alerts go to which receiver. The first that an alert fits is taken, and of its children the first that it
/// fits instead of it.
/// </summary>
public sealed class AlertRouteOptions
{
    /// <summary>Its name.</summary>
    [Required, PlainName]
    public string Name { get; set; } = "";

    /// <summary>Name of the route it is a child of, which stands before it; empty for one of the first level.</summary>
    public string Parent { get; set; } = "";

    /// <summary>Conditions that an alert must all fit: <c>severity=critical</c>, <c>code=~E1.*</c>.</summary>
    [ReadableMatchers]
    public IList<string> Matchers { get; set; } = [];

    /// <summary>Who is told; the parent's where it is empty, and without a parent the first receiver.</summary>
    public string Receiver { get; set; } = "";

    /// <summary>Whether the routes after it are tried too.</summary>
    public bool Continue { get; set; }

    /// <summary>When its receiver is told, as <c>mon-fri 08:00-18:00</c>: at other times alerts wait. The parent's where there is none.</summary>
    [ReadableHours]
    public IList<string> Hours { get; set; } = [];

    /// <summary>Name of the escalation by which more are told when nobody takes the alert on; the parent's where it is empty.</summary>
    public string Escalation { get; set; } = "";
}
