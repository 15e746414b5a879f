using Sigma.Hosting.Time;
using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Silences;

/// <summary>A silence that recurs.</summary>
internal sealed class MaintenanceWindow(MaintenanceOptions options, TimeZoneInfo zone)
{
    readonly MatcherSet _matchers = MatcherSet.Parse(options.Matchers);
    readonly HourSet _hours = HourSet.Parse(options.Hours, zone);

    public string Name => options.Name;

    /// <summary>When it ends; null when it is not now, or not for this alert.</summary>
    public DateTimeOffset? EndOf(AlertFacts alert, DateTimeOffset at) => _hours.EndOf(at) is { } end && _matchers.Fit(alert) ? end : null;
}
