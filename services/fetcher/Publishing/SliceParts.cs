using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sigma.Contracts;
using Sigma.Fetcher.Coverage;
using Sigma.Storage;

namespace Sigma.Fetcher.Publishing;

/// <summary>A slice's events as messages.</summary>
internal static class SliceParts
{
    public const int Largest = 1000;

    // As many as a slice may have at all, so that no other cut of the slice completes it.
    const int NeverComplete = 10_000;

    /// <summary>At least one part: an empty slice says that nothing happened.</summary>
    public static IReadOnlyList<EventBatch> Cut(string source, Slice slice, IReadOnlyList<MonitoredEvent> events, IReadOnlySet<string> excused) =>
        Cut(source, slice, events.Count == 0 ? [[]] : [.. events.Chunk(Largest)], null, excused);

    /// <summary>
    /// What can be read of a slice whose answer is not the whole truth: its events count, but some of its parts never come, so it is not covered.
    /// </summary>
    public static IReadOnlyList<EventBatch> CutWithoutCovering(string source, Slice slice, IReadOnlyList<MonitoredEvent> events,
        IReadOnlySet<string> excused) => Cut(source, slice, [.. events.Chunk(Largest)], NeverComplete, excused);

    static IReadOnlyList<EventBatch> Cut(string source, Slice slice, MonitoredEvent[][] chunks, int? ofParts, IReadOnlySet<string> excused)
    {
        var parts = ofParts ?? chunks.Length;
        return [.. chunks.Select((chunk, index) => new EventBatch
        {
            BatchId = Ids.From(source, Number(slice.From), Number(slice.To), Number(index + 1), Number(parts)),
            Source = source,
            SliceFrom = slice.From.ToTime(),
            SliceTo = slice.To.ToTime(),
            Part = index + 1,
            Parts = parts,
            Events = chunk,
            ExcusedOccurrenceIds = [.. Excused(chunk, excused)],
        })];
    }

    /// <summary>Equal for equal content, whatever the order of the answer.</summary>
    public static Guid Fingerprint(IReadOnlyList<MonitoredEvent> events, IReadOnlySet<string> excused)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in events.Select(e => $"{e.EventId}\n{e.OccurrenceId}\n{(e.OccurrenceId is { } id && excused.Contains(id) ? "x" : "")}\0")
            .Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }

    static IEnumerable<string> Excused(IEnumerable<MonitoredEvent> events, IReadOnlySet<string> excused) =>
        events.Select(e => e.OccurrenceId).OfType<string>().Where(excused.Contains).Distinct();

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
