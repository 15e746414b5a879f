namespace Sigma.Simulator.Segware;

internal readonly record struct TimeSlice(DateTimeOffset From, DateTimeOffset To, bool FromInclusive = true, bool ToInclusive = true);
