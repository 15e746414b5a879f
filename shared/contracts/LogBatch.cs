using System.Text.Json.Serialization;

namespace Sigma.Contracts;

/// <summary>Log lines, as their senders wrote them.</summary>
public sealed record LogBatch
{
    /// <summary>Each batch has its own: a line's identity is this id and its place in the batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Name of the integration, at most 64 characters.</summary>
    public required string Source { get; init; }

    /// <summary>The lines, about 1,000 at most; a batch of more than 10,000 is refused.</summary>
    public required IReadOnlyList<LogLine> Lines { get; init; }

    /// <summary>The gateway's slice they were taken in; null when they come from elsewhere.</summary>
    public IntakePart? Intake { get; init; }
}

/// <summary>One log line.</summary>
public sealed record LogLine
{
    /// <summary>When it was written, UTC; when it came, if its sender does not say.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it comes from; names are in lower case.</summary>
    [JsonConverter(typeof(LabelsConverter))]
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The line itself.</summary>
    public required string Text { get; init; }

    /// <summary><c>critical</c>, <c>high</c>, <c>medium</c> or <c>info</c>; null when its sender does not say.</summary>
    public string? Level { get; init; }

    /// <summary>What comes with it and does not say where it is from, such as a trace's id; null when nothing.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }
}
