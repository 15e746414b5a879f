using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>The latest instant at which the count of a window was at its threshold or above. Times are milliseconds since 1970.</summary>
internal sealed record ThresholdCrossing(Guid TriggerId, int Count, long At, long FirstEventAt, long Window)
{
    public DateTimeOffset WindowFrom => (At - Window).ToTime();
    public DateTimeOffset WindowTo => At.ToTime();
    public DateTimeOffset FirstEvent => FirstEventAt.ToTime();
}

/// <summary>The count of a window, and the event without which it would be below the clear limit.</summary>
internal sealed record RemainingCount(Guid TriggerId, int Count, long? LimitingEventAt);
