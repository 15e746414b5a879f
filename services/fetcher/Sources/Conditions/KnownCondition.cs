using System.Text.Json;
using Sigma.Storage;

namespace Sigma.Fetcher.Sources.Conditions;

/// <summary>A condition as it was told last.</summary>
internal sealed record KnownCondition
{
    public required Guid Id { get; init; }
    public required string ExternalId { get; init; }
    public bool Fires { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public string? Severity { get; init; }
    public string? Title { get; init; }
    public string? Url { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset ReportedAt { get; init; }
    public DateTimeOffset SeenAt { get; init; }
    public DateTimeOffset? AsOf { get; init; }
    public Guid Fingerprint { get; init; }

    /// <summary>The same for what says the same. Labels are left out: those of the first report stay.</summary>
    public static Guid FingerprintOf(SeenCondition seen) => Ids.From($"{seen.Fires}", seen.Severity ?? "", seen.Title ?? "", seen.Url ?? "",
        $"{seen.StartedAt?.ToUnixTimeMilliseconds()}", JsonSerializer.Serialize(seen.Annotations));
}
