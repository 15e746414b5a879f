using Sigma.Contracts;

namespace Sigma.Evaluator.Windows;

/// <summary>Says what is wrong with a batch or an excuse before anything is done with it: what breaks the contract ends in the error queue with a reason a person can read.</summary>
internal static class BatchLimits
{
    // A slice is cut into parts of 1,000; ten times that is no mistake in counting but one in the sender.
    public const int MostEvents = 10_000, MostParts = 10_000, MostOccurrences = 10_000;
    const int LongestSource = 64, LongestEventId = 128, LongestOccurrenceId = 255, MostLabels = 32;

    /// <exception cref="InvalidDataException">The batch breaks the contract.</exception>
    public static void Check(EventBatch batch)
    {
        if (Fault(batch) is { } fault)
            throw new InvalidDataException($"Refused: {fault} (batch {batch.BatchId} of {Shown(batch.Source)}, slice {batch.SliceFrom:O} to {batch.SliceTo:O}, part {batch.Part} of {batch.Parts})");
    }

    /// <exception cref="InvalidDataException">The excuse breaks the contract.</exception>
    public static void Check(OccurrencesExcused excused)
    {
        if ((SourceFault(excused.Source) ?? Occurrences(excused.OccurrenceIds)) is { } fault)
            throw new InvalidDataException($"Refused: {fault} (excused occurrences of {Shown(excused.Source)})");
    }

    static string? Fault(EventBatch batch) =>
        SourceFault(batch.Source)
        ?? (batch.SliceTo < batch.SliceFrom ? "its slice ends before it begins" : null)
        ?? (batch.Parts is < 1 or > MostParts || batch.Part < 1 || batch.Part > batch.Parts ? $"its part is not one of 1 to {MostParts:#,0}" : null)
        ?? (batch.Events is null ? "its list of events is missing" : null)
        ?? (batch.Events!.Count > MostEvents ? $"it has {batch.Events.Count:#,0} events, more than {MostEvents:#,0}" : null)
        ?? batch.Events.Select(Fault).FirstOrDefault(fault => fault is not null)
        ?? Occurrences(batch.ExcusedOccurrenceIds);

    static string? Fault(MonitoredEvent? e, int index) => e switch
    {
        null => $"event {index} is missing",
        { EventId: null or "" } => $"event {index} has no id",
        { EventId.Length: > LongestEventId } => $"event {Shown(e.EventId)} has an id that is longer than {LongestEventId} characters",
        { OccurrenceId.Length: > LongestOccurrenceId } => $"event {Shown(e.EventId)} has an occurrence id that is longer than {LongestOccurrenceId} characters",
        { Labels: null } => $"event {Shown(e.EventId)} has no labels",
        { Labels.Count: > MostLabels } => $"event {Shown(e.EventId)} has more than {MostLabels} labels",
        _ when e.Labels.Any(label => label.Value is null) => $"event {Shown(e.EventId)} has a label without a value",
        _ => null,
    };

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
        _ when ids.Any(id => id is null or { Length: > LongestOccurrenceId }) => $"an excused occurrence has no id or one that is longer than {LongestOccurrenceId} characters",
        _ => null,
    };

    static string Shown(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "?";
}
