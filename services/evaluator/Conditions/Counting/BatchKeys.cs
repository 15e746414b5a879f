using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>One key of one rule that a batch brought events for.</summary>
internal sealed record BatchKey(Guid TriggerId, Rule Rule, IReadOnlyDictionary<string, string> Labels, Limits Limits);

/// <summary>An event as it is stored, with the triggers in whose windows it is.</summary>
internal sealed record SortedEvent(Guid Key, MonitoredEvent Event, long OccurredAt, string LabelsJson, Guid? OccurrenceKey,
    IReadOnlyList<Guid> Triggers);

/// <summary>A batch sorted by rule and key. All of it follows from the message: a batch that comes again touches the same keys.</summary>
internal sealed class BatchKeys
{
    readonly Dictionary<(Rule, string), BatchKey> _keys = [];
    readonly Dictionary<IReadOnlyDictionary<string, string>, SortedLabels> _labels = new(ReferenceEqualityComparer.Instance);

    public BatchKeys(EventBatch batch, RuleSet rules)
    {
        Rules = rules;
        var watching = rules.Watching(batch.Source).ToList();
        var sorted = new SortedEvent[batch.Events.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            var e = batch.Events[i];
            var labels = Sort(e.Labels, watching, rules);
            sorted[i] = new SortedEvent(Ids.From(batch.Source, e.EventId), e, e.OccurredAt.ToUnixTimeMilliseconds(), labels.Json,
                e.OccurrenceId is { } occurrence ? OccurrenceKey(batch.Source, occurrence) : null, labels.Triggers);
        }
        // Every evaluator writes in the same order, so that two of them wait for each other rather than deadlock.
        Events = [.. sorted.OrderBy(e => e.Key)];
        (Oldest, Newest) = sorted.Length == 0 ? (0, 0) : (sorted.Min(e => e.OccurredAt), sorted.Max(e => e.OccurredAt));
    }

    /// <summary>The rules it was sorted by.</summary>
    public RuleSet Rules { get; }

    public IReadOnlyList<SortedEvent> Events { get; }
    public IReadOnlyCollection<BatchKey> Keys => _keys.Values;
    public long Oldest { get; }
    public long Newest { get; }

    public static Guid OccurrenceKey(string source, string occurrenceId) => Ids.From("occurrence", source, occurrenceId);

    // All but the event's own identity follows from its labels. Events of a message that have the same labels share one instance of them.
    SortedLabels Sort(IReadOnlyDictionary<string, string> labels, List<Rule> watching, RuleSet rules)
    {
        if (!_labels.TryGetValue(labels, out var sorted))
            _labels[labels] = sorted = new SortedLabels(JsonSerializer.Serialize(labels), Triggers(labels, watching, rules));
        return sorted;
    }

    List<Guid> Triggers(IReadOnlyDictionary<string, string> labels, List<Rule> watching, RuleSet rules)
    {
        List<Guid> triggers = new(watching.Count);
        if (rules.IsOwn(labels))
            return triggers;
        foreach (var rule in watching)
            if (rule.Watches(labels))
                triggers.Add(Key(rule, labels).TriggerId);
        return triggers;
    }

    BatchKey Key(Rule rule, IReadOnlyDictionary<string, string> eventLabels)
    {
        var name = rule.KeyTextOf(eventLabels);
        if (_keys.TryGetValue((rule, name), out var key))
            return key;
        var labels = rule.KeyOf(eventLabels);
        return _keys[(rule, name)] = new BatchKey(rule.TriggerId(labels), rule, labels, rule.LimitsOf(labels));
    }

    sealed record SortedLabels(string Json, IReadOnlyList<Guid> Triggers);
}
