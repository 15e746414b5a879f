using System.Text.Json.Serialization;

namespace Sigma.Contracts;

/// <summary>Measured values.</summary>
public sealed record SamplesReported
{
    /// <summary>Derived from the content: the same news again has the same id.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Name of the source, at most 64 characters.</summary>
    public required string Source { get; init; }

    /// <summary>The samples, about 1,000 at most; a batch of more than 10,000 is refused.</summary>
    public required IReadOnlyList<Sample> Samples { get; init; }

    /// <summary>The gateway's slice they were taken in; null when they come from elsewhere.</summary>
    public IntakePart? Intake { get; init; }
}

/// <summary>One measured value of one series. A series is its name and its labels.</summary>
public sealed record Sample
{
    /// <summary>Name of the series, at most 200 characters.</summary>
    public required string Series { get; init; }

    /// <summary>What was measured; names are in lower case.</summary>
    [JsonConverter(typeof(LabelsConverter))]
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The value; a number.</summary>
    public required double Value { get; init; }

    /// <summary>When it was measured, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
