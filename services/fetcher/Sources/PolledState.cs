using Sigma.Contracts;

namespace Sigma.Fetcher.Sources;

/// <summary>A row of <c>fetcher_polled</c>. Times as stored.</summary>
internal sealed class PolledState
{
    public const string Columns =
        """
        source Source, state State, state_since StateSince, reason Reason, begun_at BegunAt, polled_at PolledAt, succeeded_at SucceededAt,
          failing_since FailingSince, failures Failures, runs Runs, note Note
        """;

    public string Source { get; init; } = "";
    public string State { get; init; } = "";
    public long? StateSince { get; init; }
    public string? Reason { get; init; }
    public long? BegunAt { get; init; }
    public long? PolledAt { get; init; }
    public long? SucceededAt { get; init; }
    public long? FailingSince { get; init; }
    public int Failures { get; init; }
    public long Runs { get; init; }
    public string? Note { get; init; }

    public SourceState Named => Enum.TryParse<SourceState>(State, ignoreCase: true, out var state) ? state : SourceState.Unknown;

    public static string NameOf(SourceState state) => state.ToString().ToLowerInvariant();
}

/// <summary>A measured value as the history keeps it.</summary>
internal sealed record KeptSample(string Series, double Value, IReadOnlyDictionary<string, string>? Labels)
{
    const int Most = 20;

    /// <summary>The first of them, with the labels in which they differ.</summary>
    public static IReadOnlyList<KeptSample> Of(IReadOnlyList<Sample> samples)
    {
        var common = samples.Count == 0 ? [] : samples.Select(sample => sample.Labels).Aggregate(samples[0].Labels.ToHashSet(),
            (all, labels) => { all.IntersectWith(labels); return all; });
        return [.. samples.Take(Most).Select(sample => new KeptSample(sample.Series, sample.Value,
            sample.Labels.Where(label => !common.Contains(label)).ToDictionary() is { Count: > 0 } own ? own : null))];
    }
}
