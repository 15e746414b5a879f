using System.ComponentModel.DataAnnotations;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Inhibition;

/// <summary>Section <c>Notifier:Inhibitions:n</c>: while an alert of <see cref="Source"/> is raised, those of <see cref="Target"/> wait.</summary>
public sealed class InhibitionOptions
{
    /// <summary>Its name.</summary>
    [Required, PlainName]
    public string Name { get; set; } = "";

    /// <summary>Conditions that the alert which holds back must all fit.</summary>
    [ReadableMatchers, MinLength(1)]
    public IList<string> Source { get; set; } = [];

    /// <summary>Conditions that the alerts which are held back must all fit.</summary>
    [ReadableMatchers, MinLength(1)]
    public IList<string> Target { get; set; } = [];

    /// <summary>Labels or fields whose values both must have in common.</summary>
    public IList<string> Equal { get; set; } = [];
}
