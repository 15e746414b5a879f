using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.Hosting.Messaging;
using Sigma.Storage;

namespace Sigma.Evaluator.Changes;

/// <summary>A key of a rule with stored events, and the time after which they count.</summary>
internal sealed record KeyToCount(Rule Rule, IReadOnlyDictionary<string, string> Labels, long From);

/// <summary>
/// Counts by a rule what was stored before it was: puts events into its windows, and takes out those it does not count any more. In short
/// transactions with a rest after each, as <see cref="Sigma.Storage.Retention.OldRows"/> does.
/// </summary>
internal sealed class Recount(Database database, IBus bus, ILogger<Recount> log)
{
    const int Batch = 1000, RowsPerStatement = 250, KeysPerStatement = 500;
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2), BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Returns the keys that have events.</summary>
    /// <param name="rules">All rules.</param>
    /// <param name="changed">Those that are counted by, each with the time after which events count; milliseconds since 1970.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<Dictionary<Guid, KeyToCount>> Run(RuleSet rules, IReadOnlyDictionary<Rule, long> changed, CancellationToken ct)
    {
        Dictionary<Guid, KeyToCount> keys = [];
        foreach (var alike in changed.GroupBy(rule => rule.Key.EventSource))
            await Count(rules, alike.Key, alike.ToDictionary(), keys, ct);
        foreach (var chunk in keys.Chunk(KeysPerStatement))
        {
            await using var session = await database.Begin(ct);
            await TriggerTable.CarryOnCleared(session,
                chunk.SelectMany(key => rules.FormerTriggers(key.Value.Rule, key.Value.Labels).Select(former => (former, key.Key))), ct);
            await session.Commit(ct);
        }
        return keys;
    }

    /// <summary>Has the triggers look at the keys that were over their threshold since their events count.</summary>
    public async Task Raise(Dictionary<Guid, KeyToCount> keys, CancellationToken ct)
    {
        foreach (var alike in keys.GroupBy(key => (key.Value.Rule, key.Value.From, key.Value.Rule.LimitsOf(key.Value.Labels).Threshold)))
            foreach (var chunk in alike.Chunk(KeysPerStatement))
            {
                await using var session = await database.Begin(ct);
                var (rule, from, threshold) = alike.Key;
                var raised = await TriggerTable.Raised(session, chunk.Select(key => key.Key), ct);
                var full =
                    await WindowCount.ThresholdCrossings(session, chunk.Select(key => key.Key).Where(key => !raised.Contains(key)).DefaultIfEmpty(),
                    rule.Window, threshold, from, from, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(), ct);
                await session.Commit(ct);
                await Task.WhenAll(full.Select(crossing => bus.PublishInTime(new RaiseHint
                {
                    TriggerId = crossing.TriggerId, Rule = rule.Name, Source = rule.Source, Labels = keys[crossing.TriggerId].Labels,
                    From = from.ToTime(), To = crossing.At.ToTime(),
                }, ct)));
            }
    }

    async Task Count(RuleSet rules, string source, IReadOnlyDictionary<Rule, long> changed, Dictionary<Guid, KeyToCount> keys,
        CancellationToken ct)
    {
        var names = string.Join(", ", changed.Keys.Select(rule => rule.Name));
        Dictionary<string, IReadOnlyList<RuleKey>> places = []; // all that matters of an event follows from its labels
        var at = changed.Values.Min() + 1;
        var key = Guid.Empty;
        var events = 0L;
        var said = Stopwatch.GetTimestamp();
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            var read = await Once(rules, source, at, key, changed, places, ct);
            foreach (var row in read)
                foreach (var ruleKey in places[row.Labels].Where(ruleKey => ruleKey.Counts && row.At > ruleKey.From))
                    keys.TryAdd(ruleKey.Trigger, new KeyToCount(ruleKey.Rule, ruleKey.Labels, ruleKey.From));
            events += read.Count;
            if (read.Count < Batch)
                break;
            at = read[^1].At;
            key = read[^1].EventKey;
            if (Stopwatch.GetElapsedTime(said) > BetweenLines)
            {
                log.LogInformation("Counting what is stored by {Rules}: {Events} events so far, now at {At:yyyy-MM-dd HH:mm:ss}Z", names, events,
                    at.ToTime());
                said = Stopwatch.GetTimestamp();
            }
            var took = Stopwatch.GetElapsedTime(started);
            await Task.Delay(took < LongestRest ? took : LongestRest, ct);
        }
        log.LogInformation("{Events} events that were stored are counted by {Rules}, new or changed: {Keys} keys", events, names,
            keys.Values.Count(counted => changed.ContainsKey(counted.Rule)));
    }

    /// <summary>One batch. A transaction that stores events can conflict; a longer conflict restarts the whole.</summary>
    Task<List<Row>> Once(RuleSet rules, string source, long at, Guid key, IReadOnlyDictionary<Rule, long> changed,
        Dictionary<string, IReadOnlyList<RuleKey>> places, CancellationToken ct) => database.RetryTransaction(async session =>
    {
        // ix_evaluator_events_time, which ends with the primary key. Locked, so that none joins an occurrence between this and its place in a window.
        var read = await session.Query<Row>(
            $"""
            select event_key EventKey, occurred_at At, labels Labels, occurrence_key OccurrenceKey from evaluator_events
            where occurred_at >= {at} and (occurred_at > {at} or event_key > x'{key:N}') and hex(source) = hex(@source)
            order by occurred_at, event_key limit {Batch} {session.Dialect.ForShare}
            """, new { source }, ct);
        foreach (var labels in read.Select(row => row.Labels).Where(labels => !places.ContainsKey(labels)))
            places[labels] = PlacesOf(labels, rules, changed);
        await Write(session, read, places, ct);
        return read;
    }, ct);

    static async Task Write(DbSession session, List<Row> read, Dictionary<string, IReadOnlyList<RuleKey>> places, CancellationToken ct)
    {
        var all = read.SelectMany(row => places[row.Labels].Where(ruleKey => row.At > ruleKey.From).Select(ruleKey => (ruleKey, row))).ToList();
        var counted = all.Where(p => p.ruleKey.Counts).ToList();
        foreach (var chunk in counted.OrderBy(p => p.ruleKey.Trigger).Chunk(RowsPerStatement)) // within a trigger by time, as read
        {
            using SqlRows rows = new(session.Dialect);
            foreach (var (ruleKey, row) in chunk)
                rows.Add(ruleKey.Trigger, row.At, row.EventKey, row.OccurrenceKey);
            await session.Execute(
                $"{session.Dialect.InsertIgnore} into evaluator_window(trigger_id, occurred_at, event_key, occurrence_key) values {rows}", null, ct);
        }
        await OccurrenceTable.Keep(session, counted.Where(p => p.row.OccurrenceKey is not null)
            .Select(p => (p.row.OccurrenceKey!.Value, p.ruleKey.Trigger, p.row.At)), ct);
        var others = all.Where(p => !p.ruleKey.Counts).ToLookup(p => p.ruleKey.Trigger, p => p.row.EventKey);
        if (others.Count == 0)
            return;
        var filled = await session.Query<Guid>( // primary key, a loose scan: mostly none of them has any
            $"select trigger_id from evaluator_window where trigger_id in ({others.Select(other => other.Key).Literals()}) group by trigger_id",
            null, ct);
        foreach (var trigger in filled.Order())
            // primary key (trigger_id, occurred_at, event_key)
            await session.Execute($"""
                delete from evaluator_window where trigger_id = x'{trigger:N}' and occurred_at >= {read[0].At} and occurred_at <= {read[^1].At}
                  and event_key in ({others[trigger].Literals()})
                """, null, ct);
    }

    IReadOnlyList<RuleKey> PlacesOf(string json, RuleSet rules, IReadOnlyDictionary<Rule, long> changed)
    {
        var labels = JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
        var own = rules.IsOwn(labels);
        return [
            .. changed.Select(rule => new RuleKey(rule.Key, rule.Value, rule.Key.TriggerId(rule.Key.KeyOf(labels)), rule.Key.KeyOf(labels),
                !own && rule.Key.Watches(labels)))];
    }

    /// <summary>Where an event with certain labels belongs in a rule, and whether it counts there.</summary>
    sealed record RuleKey(Rule Rule, long From, Guid Trigger, IReadOnlyDictionary<string, string> Labels, bool Counts);

    sealed class Row
    {
        public Guid EventKey { get; init; }
        public long At { get; init; }
        public string Labels { get; init; } = "";
        public Guid? OccurrenceKey { get; init; }
    }
}
