using System.Text;
using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Windows;

/// <summary>One key of one rule that a batch brought events for.</summary>
internal sealed record BatchKey(Guid TriggerId, Rule Rule, IReadOnlyDictionary<string, string> Labels, Limits Limits);

/// <summary>An event as it is stored, with the triggers in whose windows it is.</summary>
internal sealed record SortedEvent(Guid Key, MonitoredEvent Event, long OccurredAt, string LabelsJson, Guid? OccurrenceKey,
    IReadOnlyList<Guid> Triggers);

/// <summary>A batch sorted by rule and key. All of it follows from the message: a batch that comes again touches the same keys.</summary>
internal sealed class BatchKeys
{
    readonly Dictionary<(Rule, string), BatchKey> _keys = [];
    readonly Dictionary<string, SortedLabels> _labels = [];
    readonly StringBuilder _text = new();

    public BatchKeys(EventBatch batch, RuleSet rules)
    {
        var watching = rules.Watching(batch.Source).ToList();
        List<SortedEvent> sorted = new(batch.Events.Count);
        foreach (var e in batch.Events)
        {
            var labels = Sort(e.Labels, watching, rules);
            sorted.Add(new SortedEvent(Ids.From(batch.Source, e.EventId), e, e.OccurredAt.ToUnixTimeMilliseconds(), labels.Json,
                e.OccurrenceId is { } occurrence ? OccurrenceKey(batch.Source, occurrence) : null, labels.Triggers));
        }
        // Every evaluator writes in the same order, so that two of them wait for each other rather than deadlock.
        Events = [.. sorted.OrderBy(e => e.Key)];
        (Oldest, Newest) = sorted.Count == 0 ? (0, 0) : (sorted.Min(e => e.OccurredAt), sorted.Max(e => e.OccurredAt));
    }

    public IReadOnlyList<SortedEvent> Events { get; }
    public IReadOnlyCollection<BatchKey> Keys => _keys.Values;
    public long Oldest { get; }
    public long Newest { get; }

    public static Guid OccurrenceKey(string source, string occurrenceId) => Ids.From("occurrence", source, occurrenceId);

    // All but the event's own identity follows from its labels, and many events of a batch share them.
    SortedLabels Sort(IReadOnlyDictionary<string, string> labels, List<Rule> watching, RuleSet rules)
    {
        _text.Clear();
        foreach (var (label, value) in labels)
            _text.Append(label.Length).Append(',').Append(value?.Length ?? -1).Append(':').Append(label).Append(value);
        var text = _text.ToString();
        if (!_labels.TryGetValue(text, out var sorted))
            _labels[text] = sorted = new SortedLabels(JsonSerializer.Serialize(labels),
                rules.IsOwn(labels) ? [] : [.. watching.Where(rule => rule.Watches(labels)).Select(rule => Key(rule, labels).TriggerId)]);
        return sorted;
    }

    BatchKey Key(Rule rule, IReadOnlyDictionary<string, string> eventLabels)
    {
        var name = string.Join('\0', rule.GroupBy.Select(label => eventLabels.GetValueOrDefault(label, "")));
        if (_keys.TryGetValue((rule, name), out var key))
            return key;
        var labels = rule.KeyOf(eventLabels);
        return _keys[(rule, name)] = new BatchKey(rule.TriggerId(labels), rule, labels, rule.LimitsOf(labels));
    }

    sealed record SortedLabels(string Json, IReadOnlyList<Guid> Triggers);
}
