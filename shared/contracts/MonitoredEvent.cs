using System.Text.Json.Serialization;

namespace Sigma.Contracts;

/// <summary>One event of a source, as it is counted.</summary>
public sealed record MonitoredEvent
{
    /// <summary>Identity within the source, at most 128 characters: the same event always has the same id, however often it is fetched.</summary>
    public required string EventId { get; init; }

    /// <summary>When it happened, UTC. Where the source does not say, the end of the slice it was fetched in.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>What the event is about; names are in lower case. Segware's events carry <c>account</c>, <c>cuc</c> and <c>code</c>.</summary>
    [JsonConverter(typeof(LabelsConverter))]
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The occurrence the event opened or joined; null when there is none.</summary>
    public string? OccurrenceId { get; init; }

    /// <summary>What the source says of its time, at most 64 characters, where that cannot be <see cref="OccurredAt"/>; null when it is.</summary>
    public string? ReportedTime { get; init; }
}
