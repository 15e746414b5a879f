using System.Text.Json;
using Sigma.Contracts;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>
/// Says what is wrong with a batch or an excuse before anything is done with it: what breaks the contract ends in the error queue with a reason a
/// person can read. An event that breaks it is put aside alone.
/// </summary>
internal static class BatchLimits
{
    // A slice is cut into parts of 1,000; ten times that is no mistake in counting but one in the sender.
    public const int MostEvents = 10_000, MostParts = 10_000, MostOccurrences = 10_000;
    public const int LongestSource = 64, MostLabels = 32, LongestLabels = 1000;
    const int LongestEventId = 128, LongestOccurrenceId = 255;

    // What is written of a character at most, and around each label.
    const int LongestEscape = 6, AroundLabel = 6;

    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Puts aside what is wrong with single events: the others count.</summary>
    /// <returns>The batch without them, and them.</returns>
    /// <exception cref="InvalidDataException">The batch itself breaks the contract.</exception>
    public static (EventBatch Batch, IReadOnlyList<MalformedEvent> Odd) Sort(EventBatch batch)
    {
        if (Fault(batch) is { } fault)
            throw new InvalidDataException(
                $"Refused: {fault} (batch {batch.BatchId} of {Shown(batch.Source)}, slice {batch.SliceFrom:O} to {batch.SliceTo:O}, part "
                    + $"{batch.Part} of {batch.Parts})");
        List<MalformedEvent> odd = [];
        List<MonitoredEvent> right = new(batch.Events.Count);
        foreach (var (index, e) in batch.Events.Index())
            if (Fault(e, index) is { } oddness)
                odd.Add(new MalformedEvent(e, oddness));
            else
                right.Add(e);
        return (odd.Count == 0 ? batch : batch with { Events = right }, odd);
    }

    /// <exception cref="InvalidDataException">The excuse breaks the contract.</exception>
    public static void Check(OccurrencesExcused excused)
    {
        if ((SourceFault(excused.Source) ?? Occurrences(excused.OccurrenceIds)) is { } fault)
            throw new InvalidDataException($"Refused: {fault} (excused occurrences of {Shown(excused.Source)})");
    }

    static string? Fault(EventBatch batch) =>
        SourceFault(batch.Source)
        ?? (!IsPossible(batch.SliceFrom) || !IsPossible(batch.SliceTo) ? $"its slice is not between {Earliest.Year} and {Latest.Year}" : null)
        ?? (batch.SliceTo < batch.SliceFrom ? "its slice ends before it begins" : null)
        ?? (batch.Parts is < 1 or > MostParts || batch.Part < 1 || batch.Part > batch.Parts ? $"its part is not one of 1 to {MostParts:#,0}" : null)
        ?? (batch.Events is null ? "its list of events is missing" : null)
        ?? (batch.Events!.Count > MostEvents ? $"it has {batch.Events.Count:#,0} events, more than {MostEvents:#,0}" : null)
        ?? Occurrences(batch.ExcusedOccurrenceIds);

    static string? Fault(MonitoredEvent? e, int index) => e switch
    {
        null => $"event {index} is missing",
        { EventId: null or "" } => $"event {index} has no id",
        { EventId.Length: > LongestEventId } => $"event {Shown(e.EventId)} has an id that is longer than {LongestEventId} characters",
        { OccurrenceId.Length: > LongestOccurrenceId } =>
            $"event {Shown(e.EventId)} has an occurrence id that is longer than {LongestOccurrenceId} characters",
        { Labels: null } => $"event {Shown(e.EventId)} has no labels",
        { Labels.Count: > MostLabels } => $"event {Shown(e.EventId)} has more than {MostLabels} labels",
        _ when e.Labels.Any(label => label.Value is null) => $"event {Shown(e.EventId)} has a label without a value",
        _ when AreTooLong(e.Labels) => $"event {Shown(e.EventId)} has labels that are longer than {LongestLabels} characters",
        _ when !IsPossible(e.OccurredAt) => $"event {Shown(e.EventId)} has a time that is not between {Earliest.Year} and {Latest.Year}",
        _ => null,
    };

    public static bool IsPossible(DateTimeOffset time) => time >= Earliest && time < Latest;

    public static bool AreTooLong(IReadOnlyDictionary<string, string> labels)
    {
        var longest = 0;
        foreach (var (label, value) in labels)
            longest += LongestEscape * (label.Length + value.Length) + AroundLabel;
        return longest > LongestLabels && JsonSerializer.Serialize(labels).Length > LongestLabels;
    }

    static string? SourceFault(string? source) => source switch
    {
        null or "" => "its source is missing",
        { Length: > LongestSource } => $"its source is longer than {LongestSource} characters",
        _ => null,
    };

    static string? Occurrences(IReadOnlyList<string>? ids) => ids switch
    {
        null => "its list of excused occurrences is missing",
        { Count: > MostOccurrences } => $"it excuses {ids.Count:#,0} occurrences, more than {MostOccurrences:#,0}",
        _ => null,
    };

    public static string Shown(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "?";
}
