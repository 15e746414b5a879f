using Sigma.Notifier.Escalation;
using Sigma.Notifier.Inhibition;
using Sigma.Notifier.Silences;

namespace Sigma.Notifier.Routing;

/// <summary>Who is told of which alerts, and when: the part that people make and change, with the names its settings have.</summary>
public sealed class PolicyOptions
{
    /// <summary>Which alerts go to which receiver.</summary>
    public IList<AlertRouteOptions> Routes { get; set; } = [];

    /// <summary>When which alerts wait, again and again.</summary>
    public IList<MaintenanceOptions> Maintenance { get; set; } = [];

    /// <summary>Which alerts hold back which others.</summary>
    public IList<InhibitionOptions> Inhibitions { get; set; } = [];

    /// <summary>Who else is told of alerts that nobody takes on.</summary>
    public IList<EscalationOptions> Escalations { get; set; } = [];

    /// <summary>That of the settings, which nobody else changes.</summary>
    internal static PolicyOptions Of(NotifierOptions settings) => new()
    {
        Routes = settings.Routes, Maintenance = settings.Maintenance, Inhibitions = settings.Inhibitions, Escalations = settings.Escalations,
    };

    /// <summary>Both; the routes of this one are tried first.</summary>
    internal PolicyOptions And(PolicyOptions other) => new()
    {
        Routes = [.. Routes, .. other.Routes], Maintenance = [.. Maintenance, .. other.Maintenance],
        Inhibitions = [.. Inhibitions, .. other.Inhibitions], Escalations = [.. Escalations, .. other.Escalations],
    };
}
