using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Windows;

/// <summary>One key of one rule that a batch brought events for.</summary>
internal sealed record TouchedKey(Guid TriggerId, Rule Rule, IReadOnlyDictionary<string, string> Labels, Limits Limits);

/// <summary>An event as it is stored, with the triggers in whose windows it is.</summary>
internal sealed record SortedEvent(Guid Key, MonitoredEvent Event, long OccurredAt, string LabelsJson, Guid? OccurrenceKey, IReadOnlyList<Guid> Triggers);

/// <summary>A batch sorted by rule and key. All of it follows from the message: a batch that comes again touches the same keys.</summary>
internal sealed class Touched
{
    readonly Dictionary<(Rule, string), TouchedKey> _keys = [];
    readonly Dictionary<string, string> _json = [];

    public Touched(EventBatch batch, RuleSet rules)
    {
        var watching = rules.Watching(batch.Source).ToList();
        List<SortedEvent> sorted = new(batch.Events.Count);
        foreach (var e in batch.Events)
        {
            var triggers = rules.IsOwn(e.Labels) ? [] : watching.Where(rule => rule.Watches(e.Labels)).Select(rule => Key(rule, e).TriggerId).ToList();
            sorted.Add(new SortedEvent(Ids.From(batch.Source, e.EventId), e, e.OccurredAt.ToUnixTimeMilliseconds(), JsonOf(e),
                e.OccurrenceId is { } occurrence ? OccurrenceKey(batch.Source, occurrence) : null, triggers));
        }
        // Every evaluator writes in the same order, so that two of them wait for each other rather than deadlock.
        Events = [.. sorted.OrderBy(e => e.Key)];
        (Oldest, Newest) = sorted.Count == 0 ? (0, 0) : (sorted.Min(e => e.OccurredAt), sorted.Max(e => e.OccurredAt));
    }

    public IReadOnlyList<SortedEvent> Events { get; }
    public IReadOnlyCollection<TouchedKey> Keys => _keys.Values;
    public long Oldest { get; }
    public long Newest { get; }

    public static Guid OccurrenceKey(string source, string occurrenceId) => Ids.From("occurrence", source, occurrenceId);

    TouchedKey Key(Rule rule, MonitoredEvent e)
    {
        var name = string.Join('\0', rule.GroupBy.Select(label => e.Labels.GetValueOrDefault(label, "")));
        if (_keys.TryGetValue((rule, name), out var key))
            return key;
        var labels = rule.KeyOf(e.Labels);
        return _keys[(rule, name)] = new TouchedKey(rule.TriggerId(labels), rule, labels, rule.LimitsOf(labels));
    }

    string JsonOf(MonitoredEvent e)
    {
        var name = string.Join('\0', e.Labels.Select(l => $"{l.Key}={l.Value}"));
        if (!_json.TryGetValue(name, out var json))
            _json[name] = json = JsonSerializer.Serialize(e.Labels);
        return json;
    }
}
