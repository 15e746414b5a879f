using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Evaluation;

/// <summary>Batches as the fetcher would publish them.</summary>
internal static class Batches
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static MonitoredEvent Event(string id, DateTimeOffset at, string account = "100", string cuc = "ALR", string code = "E130",
        string? occurrence = null) => new()
    {
        EventId = id,
        OccurredAt = at,
        Labels = new Dictionary<string, string> { ["account"] = account, ["cuc"] = cuc, ["code"] = code },
        OccurrenceId = occurrence,
    };

    /// <summary>So many events of one key, one a second from <paramref name="from"/> on.</summary>
    public static IEnumerable<MonitoredEvent> Burst(int count, DateTimeOffset from, string account = "100", string? occurrence = null) =>
        Enumerable.Range(0, count).Select(i => Event($"{account}-{from:HHmmss}-{i}", from.AddSeconds(i), account, occurrence: occurrence));

    public static EventBatch Slice(DateTimeOffset from, DateTimeOffset to, IEnumerable<MonitoredEvent> events, int part = 1, int parts = 1,
        params string[] excused) => new()
    {
        BatchId = Ids.From("batch", from.ToString("O"), to.ToString("O"), $"{part}/{parts}"),
        Source = "segware",
        SliceFrom = from,
        SliceTo = to,
        Part = part,
        Parts = parts,
        Events = [.. events],
        ExcusedOccurrenceIds = excused,
    };
}
