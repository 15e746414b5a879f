using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Backtests;

/// <summary>
/// The alerts that a rule would have raised by the events that are stored. It reads them once, in no order, and keeps of each its time alone; then
/// each key is judged by itself. Nothing is written, and no evaluator is in the way.
/// </summary>
/// <param name="database">Where the events are.</param>
/// <param name="rules">For the codes of our own events, which never count.</param>
/// <param name="step">How far time is covered at once, which is how often the fetcher polls.</param>
public sealed class Backtest(Database database, RuleSet rules, TimeSpan step)
{
    const int Every = 100_000;

    /// <summary>Runs it.</summary>
    /// <param name="rule">It must count.</param>
    /// <param name="since">Events before count for nothing; UTC.</param>
    /// <param name="progress">Told how many events were read, a hundred thousand at a time.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<BacktestResult> Run(Rule rule, DateTimeOffset since, IProgress<long>? progress, CancellationToken ct)
    {
        if (rule.Kind != RuleKind.Count)
            throw new NotSupportedException($"The rule {rule.Name} is of the kind {rule.Kind}, of whose news no history is kept.");
        var from = since.ToUnixTimeMilliseconds();
        var covered = (await new CoverageLog(database).All(rule.CoveredAs, ct)).Where(stretch => stretch.To > from)
            .Select(stretch => stretch with { From = Math.Max(stretch.From, from) }).ToList();
        var (keys, events) = await Read(rule, from, progress, ct);
        List<BacktestAlert> alerts = [];
        foreach (var key in keys)
        {
            ct.ThrowIfCancellationRequested();
            key.Times.Sort();
            alerts.AddRange(new KeyEpisodes(rule, rule.LimitsOf(key.Labels), covered, (long)step.TotalMilliseconds).Of(key.Times)
                .Select(episode => new BacktestAlert(key.Labels, episode.RaisedAt.ToTime(), episode.ClearedAt?.ToTime(), episode.Most)));
        }
        return new BacktestResult([.. alerts.OrderBy(alert => alert.RaisedAt)], events, keys.Count,
            covered.Count == 0 ? null : covered[0].From.ToTime(), covered.Count == 0 ? null : covered[^1].To.ToTime(), covered.Count);
    }

    async Task<(IReadOnlyCollection<Key> Keys, long Events)> Read(Rule rule, long from, IProgress<long>? progress, CancellationToken ct)
    {
        Dictionary<string, Key> keys = [];
        Dictionary<string, Key?> places = []; // all that matters of an event follows from its labels
        var events = 0L;
        await using var connection = await database.Open(ct);
        await using var command = connection.CreateCommand();
        // The whole table, in the order it lies in: by an index each row would be looked up by itself. evaluator_excused by its primary key.
        command.CommandText = """
            select e.occurred_at, e.labels from evaluator_events e left join evaluator_excused x on x.occurrence_key = e.occurrence_key
            where e.occurred_at + 0 > @from and hex(e.source) = hex(@source) and x.occurrence_key is null
            """;
        command.CommandTimeout = 0;
        Add("@from", from);
        Add("@source", rule.EventSource);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var labels = reader.GetString(1);
            if (!places.TryGetValue(labels, out var key))
                places[labels] = key = Place(rule, labels, keys);
            key?.Times.Add(reader.GetInt64(0));
            if (++events % Every == 0)
                progress?.Report(events);
        }
        return (keys.Values, events);

        void Add(string name, object value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }

    Key? Place(Rule rule, string json, Dictionary<string, Key> keys)
    {
        var labels = JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
        if (rules.IsOwn(labels) || !rule.Watches(labels))
            return null;
        var text = rule.KeyTextOf(labels);
        if (!keys.TryGetValue(text, out var key))
            keys[text] = key = new Key(rule.KeyOf(labels));
        return key;
    }

    sealed class Key(IReadOnlyDictionary<string, string> labels)
    {
        public IReadOnlyDictionary<string, string> Labels => labels;

        public List<long> Times { get; } = [];
    }
}

/// <summary>What would have been.</summary>
/// <param name="Alerts">In the order in which they would have been raised.</param>
/// <param name="Events">Events that were read.</param>
/// <param name="Keys">Keys that have events.</param>
/// <param name="From">Since when its source is covered; null when it is not. UTC.</param>
/// <param name="To">Until when, UTC.</param>
/// <param name="Stretches">In how many stretches; more than one means gaps, in which nothing is cleared.</param>
public sealed record BacktestResult(IReadOnlyList<BacktestAlert> Alerts, long Events, int Keys, DateTimeOffset? From, DateTimeOffset? To,
    int Stretches);

/// <summary>An alert that would have been raised.</summary>
/// <param name="Labels">The key.</param>
/// <param name="RaisedAt">When it would have been raised, UTC: at the event that reached the threshold, unless the rule has hours or wants it to
/// last.</param>
/// <param name="ClearedAt">When it would have been cleared; null when it would last still. UTC.</param>
/// <param name="Most">Events in its fullest window.</param>
public sealed record BacktestAlert(IReadOnlyDictionary<string, string> Labels, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, int Most);
