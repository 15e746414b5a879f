using Sigma.Storage;

namespace Sigma.Evaluator.Windows;

/// <summary>A window that is too full: the latest instant at which the count was at the threshold or above. Times are milliseconds since 1970.</summary>
internal sealed record Excess(Guid TriggerId, int Count, long At, long FirstEventAt, long Window)
{
    public DateTimeOffset WindowFrom => (At - Window).ToTime();
    public DateTimeOffset WindowTo => At.ToTime();
    public DateTimeOffset FirstEvent => FirstEventAt.ToTime();
}

/// <summary>What is left in a window: its count, and the event without which the count would be below the clear limit.</summary>
internal sealed record Remainder(Guid TriggerId, int Count, long? LimitingEventAt);
