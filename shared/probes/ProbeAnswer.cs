namespace Sigma.Probes;

/// <summary>What a probe found: values, conditions, signs of life, in any mixture.</summary>
public sealed record ProbeAnswer
{
    /// <summary>Whether what was looked at is as it should be; null when the probe only measures.</summary>
    public bool? IsUp { get; init; }

    /// <summary>Why it is not, in one sentence for people; null when nothing is wrong.</summary>
    public string? Reason { get; init; }

    /// <summary>Measured values, at most 200.</summary>
    public IReadOnlyList<ProbeSample> Samples { get; init; } = [];

    /// <summary>All that is wrong besides, at most 200. What an answer does not name any more is over.</summary>
    public IReadOnlyList<ProbeCondition> Conditions { get; init; } = [];

    /// <summary>Who was heard of, at most 200.</summary>
    public IReadOnlyList<ProbeBeat> Beats { get; init; } = [];

    /// <summary>It is as it should be.</summary>
    public static ProbeAnswer Up(params IReadOnlyList<ProbeSample> samples) => new() { IsUp = true, Samples = samples };

    /// <summary>It is not, and why.</summary>
    public static ProbeAnswer Down(string reason, params IReadOnlyList<ProbeSample> samples) =>
        new() { IsUp = false, Reason = reason, Samples = samples };

    /// <summary>Values alone: whether they are good or bad is for a rule to say.</summary>
    public static ProbeAnswer Measured(params IReadOnlyList<ProbeSample> samples) => new() { Samples = samples };
}

/// <summary>A measured value.</summary>
/// <param name="Series">Name of the series, at most 200 characters, its unit at the end: <c>probe_latency_seconds</c>.</param>
/// <param name="Value">The value: a finite number, in the unit that the name says.</param>
public sealed record ProbeSample(string Series, double Value)
{
    /// <summary>Labels beside those of the check; names are in lower case.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>Something that is wrong.</summary>
/// <param name="Key">What it is known by from answer to answer, at most 150 characters.</param>
/// <param name="Title">What is wrong, in one sentence for people.</param>
public sealed record ProbeCondition(string Key, string Title)
{
    /// <summary>critical, high, medium, low or info; null: as the check's settings say.</summary>
    public string? Severity { get; init; }

    /// <summary>Since when, UTC; null: since it was first seen.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Where there is more to read; null when nowhere.</summary>
    public string? Url { get; init; }

    /// <summary>Labels beside those of the check; names are in lower case.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>A sign of life.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Fails">Whether it says of itself that something failed.</param>
public sealed record ProbeBeat(DateTimeOffset At, bool Fails = false)
{
    /// <summary>Whose it is, beside the check's own labels; names are in lower case.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What it says besides; null when nothing.</summary>
    public string? Text { get; init; }
}
