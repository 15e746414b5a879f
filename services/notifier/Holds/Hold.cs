using System.Globalization;

namespace Sigma.Notifier.Holds;

/// <summary>Why an alert is not told at a moment.</summary>
/// <param name="Kind">What holds it.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Until">When it ends by itself; null when that is not known.</param>
internal sealed record Hold(HoldKind Kind, string Reason, DateTimeOffset? Until)
{
    /// <summary>A time in words, UTC.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What can hold an alert, in the order that is looked at.</summary>
internal enum HoldKind
{
    /// <summary>A person who wants to hear no more of it for a while.</summary>
    Snoozed,

    /// <summary>Another alert that is raised.</summary>
    Inhibited,

    /// <summary>Its routes' hours.</summary>
    OutOfHours,

    /// <summary>A person's silence.</summary>
    Silenced,

    /// <summary>A maintenance window.</summary>
    Maintenance,
}
