using Sigma.Contracts;

namespace Sigma.Archive.Samples;

/// <summary>Where samples are kept: in files of the archive's own, or in another server that takes remote write.</summary>
internal interface ISampleStore
{
    /// <summary>Keeps a batch, once. Returns when it is kept for good.</summary>
    Task Store(SamplesToStore batch, CancellationToken ct);

    /// <summary>Series by name and labels.</summary>
    Task<SeriesFound> Series(SeriesFilter filter, TimeRange range, SeriesName? after, int limit, CancellationToken ct);

    /// <summary>The values of the first series by name and labels, in steps.</summary>
    Task<SamplesFound> Samples(SeriesFilter filter, TimeRange range, long step, int series, CancellationToken ct);
}

/// <summary>A batch as it came.</summary>
internal sealed record SamplesToStore(Guid BatchId, IReadOnlyList<Sample> Samples);

/// <summary>From when until when, in milliseconds since 1970; the end is exclusive.</summary>
internal readonly record struct TimeRange(long From, long To);

/// <summary>A value and when it was measured, in milliseconds since 1970.</summary>
internal readonly record struct Point(long At, double Value);

/// <summary>Which series are meant.</summary>
/// <param name="Name">The name, or its beginning; null for any.</param>
/// <param name="IsPrefix">Whether it is the beginning.</param>
/// <param name="Labels">Labels that it has, among others.</param>
internal sealed record SeriesFilter(string? Name, bool IsPrefix, IReadOnlyDictionary<string, string> Labels)
{
    public bool Accepts(SeriesName series) => AcceptsName(series.Name)
        && Labels.All(label => series.Labels.TryGetValue(label.Key, out var value) ? value == label.Value : label.Value.Length == 0);

    bool AcceptsName(string name) =>
        Name is null || (IsPrefix ? name.StartsWith(Name, StringComparison.Ordinal) : string.Equals(name, Name, StringComparison.Ordinal));
}

/// <summary>A page of series.</summary>
internal sealed record SeriesFound(IReadOnlyList<SeriesName> Series, bool HasMore);

/// <summary>Values of some series.</summary>
/// <param name="Series">The series.</param>
/// <param name="HasMore">Whether there are further ones.</param>
internal sealed record SamplesFound(IReadOnlyList<SeriesSteps> Series, bool HasMore);

/// <summary>The values of a series, step by step; steps without any are left out.</summary>
internal sealed record SeriesSteps(SeriesName Series, IReadOnlyList<SeriesStep> Steps);

/// <summary>A step of a series.</summary>
/// <param name="At">Its beginning, in milliseconds since 1970.</param>
/// <param name="Average">Of its values.</param>
/// <param name="Least">The least of them; null when it is not known.</param>
/// <param name="Greatest">The greatest of them; null when it is not known.</param>
/// <param name="Count">How many; null when it is not known.</param>
internal readonly record struct SeriesStep(long At, double Average, double? Least, double? Greatest, long? Count);
