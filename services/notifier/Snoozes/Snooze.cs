using Sigma.Notifier.Holds;

namespace Sigma.Notifier.Snoozes;

/// <summary>An alert that a person wants to hear no more of for a while.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Until">When it ends; null: with the alert.</param>
/// <param name="By">Who wants it.</param>
/// <param name="Comment">Why, if anything was said.</param>
internal sealed record Snooze(Guid AlertId, DateTimeOffset? Until, string By, string? Comment)
{
    /// <summary>What holds the alert; null when it is over by its time.</summary>
    public Hold? HoldAt(DateTimeOffset now) => Until <= now ? null : new(HoldKind.Snoozed, Reason, Until);

    /// <summary>The same in words.</summary>
    public string Reason => $"snoozed until {(Until is { } until ? Hold.Time(until) : "it is cleared")} by {By}"
        + (Comment is { Length: > 0 } comment ? $": {comment}" : "");
}
