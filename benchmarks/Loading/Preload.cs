using Microsoft.Extensions.Options;
using Sigma.Benchmarks.Traffic;
using Sigma.Evaluator;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Benchmarks.Loading;

/// <summary>
/// Fills the window as the evaluator would have, only faster: the same rows, put in by key, and the triggers of the keys that are due as raised.
/// </summary>
internal static class Preload
{
    const string Source = "segware";
    const int RowsPerStatement = 2_000, Writers = 4, KeysPerTransaction = 200;

    public static async Task Run(Database database, IReadOnlyList<PanelEvent> events, IReadOnlyCollection<PanelKey> raised, CancellationToken ct)
    {
        var rule = new RuleSet(Options.Create(new EvaluatorOptions())).All[0];
        var triggers = events.Select(e => e.Key).Distinct().ToDictionary(key => key, key => rule.TriggerId(key.Labels()));
        var labels = triggers.Keys.ToDictionary(key => key, key => System.Text.Json.JsonSerializer.Serialize(key.Labels()));
        var rows = events.Select((e, i) => (Key: Ids.From(Source, $"preload-{i}"), Id: $"preload-{i}", e.At, Panel: e.Key, Trigger: triggers[e.Key]))
            .ToList();

        await Insert(database, "evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key)",
            rows.OrderBy(r => r.Key).ToList(), (sql, r) => sql.Add(r.Key, Source, r.Id, r.At, labels[r.Panel], default), ct);
        await Insert(database, "evaluator_window(trigger_id, occurred_at, event_key, occurrence_key)",
            rows.OrderBy(r => r.Trigger).ThenBy(r => r.At).ThenBy(r => r.Key).ToList(), (sql, r) => sql.Add(r.Trigger, r.At, r.Key, default), ct);
        await Raise(database, rule, events.Where(e => raised.Contains(e.Key)).GroupBy(e => e.Key), ct);
    }

    static Task Insert<T>(Database database, string table, List<T> rows, Action<SqlRows, T> add, CancellationToken ct) =>
        Parallel.ForEachAsync(rows.Chunk(RowsPerStatement), new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = ct },
            async (chunk, token) =>
            {
                using var sql = new SqlRows(database.Dialect);
                foreach (var row in chunk)
                    add(sql, row);
                await using var session = await database.Begin(token);
                await session.Execute($"insert into {table} values {sql}", null, token);
                await session.Commit(token);
            });

    static async Task Raise(Database database, Rule rule, IEnumerable<IGrouping<PanelKey, PanelEvent>> keys, CancellationToken ct)
    {
        var table = new TriggerTable(TimeProvider.System);
        foreach (var some in keys.Chunk(KeysPerTransaction))
        {
            await using var session = await database.Begin(ct);
            foreach (var key in some)
            {
                var limits = rule.LimitsOf(key.Key.Labels());
                var limiting = key.Select(e => e.At).OrderDescending().ElementAt(limits.ClearBelow - 1);
                var trigger = new Trigger
                {
                    CorrelationId = rule.TriggerId(key.Key.Labels()), State = "Raised", Rule = rule.Name, Source = Source, Severity = rule.Severity,
                    Labels = key.Key.Labels(),
                    AlertId = Guid.CreateVersion7(), Count = key.Count(), Threshold = limits.Threshold, RaisedAt = TimeProvider.System.GetUtcNow(),
                    ClearCheckAt = limiting + rule.Window,
                };
                await table.Insert(session, trigger, ct);
                await table.Update(session, trigger, ct);
            }
            await session.Commit(ct);
        }
    }
}
