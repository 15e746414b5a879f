namespace Sigma.Fetcher.Events;

/// <summary>What a record says of its time.</summary>
/// <param name="Own">The first time there is, whether it can be the event's or not: the event may be named by it.</param>
/// <param name="Fitting">The first time that fits the slice.</param>
/// <param name="Reported">What the record says, where that is not <paramref name="Fitting"/>.</param>
/// <param name="Unusable">A text that is no time, where there is no other.</param>
internal readonly record struct ReadTime(DateTimeOffset? Own, DateTimeOffset? Fitting, string? Reported, string? Unusable);
