using System.Data.Common;
using System.Text.Json;
using Dapper;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.Storage;

namespace Sigma.Evaluator.Queries;

/// <summary>The keys that are nearest to their threshold and not raised.</summary>
public sealed class NearestKeys(Database database, RuleSet rules, TimeProvider time)
{
    /// <summary>A threshold of few events for some keys makes many of the others look near; this many are looked at.</summary>
    public const int MostLookedAt = 20_000;
    const int KeysPerStatement = 200;

    /// <summary>The nearest of all keys but those whose triggers are raised.</summary>
    public async Task<NearKeys> Find(int top, IReadOnlySet<Guid> raised, CancellationToken ct)
    {
        List<NearKey> nearest = [];
        var passedOver = false;
        // No transaction: in a SQLite file that would be its one writer's.
        await using var connection = await database.Open(ct);
        foreach (var alike in rules.Counting.GroupBy(rule => rule.Window))
        {
            var limit = MostLookedAt + raised.Count;
            var lowest = alike.Min(rule => rule.LowestThreshold);
            var counts = await Counts(connection, time.Milliseconds() - alike.Key, limit, ct);
            var last = false;
            foreach (var chunk in counts.Where(c => !raised.Contains(c.TriggerId)).Chunk(KeysPerStatement))
            {
                // The fullest come first, so neither this chunk nor one behind it has a nearer key than its first one could be.
                last = nearest.Count == top && (double)chunk[0].Count / lowest <= nearest[^1].Fill;
                if (last)
                    break;
                var named = await Named(connection, [.. alike], chunk, ct);
                nearest = [.. nearest.Concat(named).OrderByDescending(key => key.Fill).ThenByDescending(key => key.Count).Take(top)];
            }
            passedOver |= counts.Count == limit && !last;
        }
        return new(nearest, passedOver);
    }

    /// <summary>The fullest windows of a length, whichever rule they are of: a trigger's id does not tell.</summary>
    async Task<List<(Guid TriggerId, long Count)>> Counts(DbConnection connection, long after, int limit, CancellationToken ct) =>
        // the primary key, in order of triggers; ix_evaluator_window_time where much more is kept
        (await connection.QueryAsync<(Guid TriggerId, long Count)>(new CommandDefinition(
            $"""
            select w.trigger_id, count(*) as number {WindowCount.Counted} and w.occurred_at > {after}
            group by w.trigger_id order by number desc limit {limit}
            """,
            cancellationToken: ct))).AsList();

    /// <summary>Those of these rules, by the labels of their oldest events.</summary>
    async Task<List<NearKey>> Named(
        DbConnection connection, List<Rule> alike, IReadOnlyList<(Guid TriggerId, long Count)> counts, CancellationToken ct)
    {
        var events = (await connection.QueryAsync<(Guid TriggerId, string Source, string Labels)>(new CommandDefinition( // primary keys of both
            $"""
            select w.trigger_id, e.source, e.labels from (
              select trigger_id, min(occurred_at) as occurred_at from evaluator_window
              where trigger_id in ({counts.Select(c => c.TriggerId).Literals()}) group by trigger_id
            ) oldest join evaluator_window w on w.trigger_id = oldest.trigger_id and w.occurred_at = oldest.occurred_at
            join evaluator_events e on e.event_key = w.event_key
            """, cancellationToken: ct)))
            .DistinctBy(row => row.TriggerId).ToDictionary(row => row.TriggerId, row => (row.Source, row.Labels));
        List<NearKey> keys = [];
        foreach (var (trigger, count) in counts)
            if (events.TryGetValue(trigger, out var found) && JsonSerializer.Deserialize<Dictionary<string, string>>(found.Labels) is { } labels
                && alike.Find(rule => rule.EventSource == found.Source && rule.TriggerId(rule.KeyOf(labels)) == trigger) is { } rule)
                keys.Add(new(rule, rule.KeyOf(labels), count, rule.LimitsOf(rule.KeyOf(labels)).Threshold));
        return keys;
    }
}

/// <summary>A key of a rule, and how full its window is that ends now.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Labels">The grouped labels.</param>
/// <param name="Count">Events in the window.</param>
/// <param name="Threshold">At how many the alert is raised.</param>
public sealed record NearKey(Rule Rule, IReadOnlyDictionary<string, string> Labels, long Count, int Threshold)
{
    /// <summary>The share of the threshold that is reached.</summary>
    public double Fill => (double)Count / Threshold;
}

/// <summary>What was found.</summary>
/// <param name="Keys">The nearest first.</param>
/// <param name="PassedOver">Whether there were more keys than are looked at.</param>
public sealed record NearKeys(IReadOnlyList<NearKey> Keys, bool PassedOver);
