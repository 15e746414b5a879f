using System.ComponentModel.DataAnnotations;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Silences;

/// <summary>Section <c>Notifier:Maintenance:n</c>: a silence that recurs.</summary>
public sealed class MaintenanceOptions
{
    /// <summary>Its name.</summary>
    [Required, PlainName]
    public string Name { get; set; } = "";

    /// <summary>Conditions that an alert must all fit.</summary>
    [ReadableMatchers, MinLength(1)]
    public IList<string> Matchers { get; set; } = [];

    /// <summary>When it is, as <c>sun 02:00-06:00</c>.</summary>
    [ReadableHours, MinLength(1)]
    public IList<string> Hours { get; set; } = [];
}
