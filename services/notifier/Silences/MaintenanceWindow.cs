using Sigma.Hosting.Time;
using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Silences;

/// <summary>A silence that recurs.</summary>
internal sealed class MaintenanceWindow(MaintenanceOptions options, TimeZoneInfo zone, bool isProvisioned)
{
    readonly MatcherSet _matchers = MatcherSet.Parse(options.Matchers);
    readonly HourSet _hours = HourSet.Parse(options.Hours, zone);

    public string Name => options.Name;

    /// <summary>As they are written.</summary>
    public IEnumerable<string> Matchers => options.Matchers;

    /// <summary>As they are written.</summary>
    public IEnumerable<string> Hours => options.Hours;

    /// <summary>Whether it is in the settings, and nobody changes it by command.</summary>
    public bool IsProvisioned => isProvisioned;

    /// <summary>When it ends; null when it is not now.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at) => _hours.EndOf(at);

    /// <summary>When it begins next.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset at) => _hours.NextAfter(at);

    /// <summary>When it ends; null when it is not now, or not for this alert.</summary>
    public DateTimeOffset? EndOf(AlertFacts alert, DateTimeOffset at) => _hours.EndOf(at) is { } end && _matchers.Fit(alert) ? end : null;
}
