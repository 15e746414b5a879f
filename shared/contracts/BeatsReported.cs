using System.Text.Json.Serialization;

namespace Sigma.Contracts;

/// <summary>These live, or say that they fail.</summary>
public sealed record BeatsReported
{
    /// <summary>Derived from the content: the same news again has the same id.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Name of the source, at most 64 characters.</summary>
    public required string Source { get; init; }

    /// <summary>The beats, about 1,000 at most; a batch of more than 10,000 is refused.</summary>
    public required IReadOnlyList<Beat> Beats { get; init; }

    /// <summary>The gateway's slice they were taken in; null when they come from elsewhere.</summary>
    public IntakePart? Intake { get; init; }
}

/// <summary>A sign of life.</summary>
public sealed record Beat
{
    /// <summary>Whose it is; names are in lower case.</summary>
    [JsonConverter(typeof(LabelsConverter))]
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>When it was heard, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it says that something failed; the next one that does not takes it back.</summary>
    public bool Fails { get; init; }

    /// <summary>What it says besides; null when nothing.</summary>
    public string? Text { get; init; }
}
