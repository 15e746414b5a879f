namespace Sigma.Archive.Samples;

/// <summary>A question for more values than are held in memory at a time.</summary>
internal sealed class TooManyValuesException(int most)
    : Exception($"A day of it has more than {most:#,0} values: say a shorter time, or fewer series.");
