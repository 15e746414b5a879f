using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Api;

/// <summary>
/// Finds the keys that rules count for an account: those with events in the window, those in alert, and the one that the labels name whole. None of
/// its statements waits for a lock.
/// </summary>
internal sealed class AccountKeys(Database database, RaisedAlertQuery raised)
{
    const int Most = 200, PerPage = 1000;

    public async Task<IReadOnlyList<CountedKey>> Of(RuleSet rules, IReadOnlyList<Rule> about, IReadOnlyDictionary<string, string> labels, long at,
        CancellationToken ct)
    {
        var alerts = await Raised(about, labels, ct);
        List<CountedKey> found = [];
        await using var connection = await database.Open(ct);
        foreach (var rule in about)
        {
            Dictionary<Guid, Dictionary<string, string>> keys = [];
            foreach (var alike in await new StoredEvents(connection, rule.EventSource).Alike(labels[KeysApi.Account], at - rule.Window, at, ct))
                if (Includes(labels, alike.Labels) && !rules.IsOwn(alike.Labels) && rule.Watches(alike.Labels))
                    keys.TryAdd(rule.TriggerId(rule.KeyOf(alike.Labels)), rule.KeyOf(alike.Labels));
            foreach (var alert in alerts.Where(alert => alert.Rule == rule.Name && rules.IsTriggerOf(rule, alert.TriggerId, alert.Labels)))
                keys.TryAdd(alert.TriggerId, rule.KeyOf(alert.Labels));
            if (keys.Count == 0 && rule.GroupBy.All(labels.ContainsKey))
                keys.Add(rule.TriggerId(rule.KeyOf(labels)), rule.KeyOf(labels));
            var counts = await CountedWindow.Counts(connection, keys.Keys, at, rule.Window, ct);
            found.AddRange(keys.Select(key => Of(rule, key.Value, counts.GetValueOrDefault(key.Key),
                    alerts.FirstOrDefault(alert => alert.TriggerId == key.Key)))
                .OrderByDescending(key => key.Count).ThenByDescending(key => key.AlertId is not null).Take(Most));
        }
        return found;
    }

    static CountedKey Of(Rule rule, Dictionary<string, string> key, long count, RaisedAlert? alert)
    {
        var limits = rule.LimitsOf(key);
        return new(rule.Name, rule.Source, key, count, limits.Threshold, limits.ClearBelow, alert?.AlertId, alert?.RaisedAt);
    }

    // A page may be shorter than was asked for.
    async Task<List<RaisedAlert>> Raised(IReadOnlyList<Rule> about, IReadOnlyDictionary<string, string> labels, CancellationToken ct)
    {
        List<RaisedAlert> alerts = [];
        AlertFilter filter = new() { Labels = new Dictionary<string, string> { [KeysApi.Account] = labels[KeysApi.Account] } };
        for (long? after = null; ;)
        {
            var (page, next) = await raised.Page(filter, after, PerPage, ct);
            alerts.AddRange(page.Where(alert => about.Any(rule => rule.Name == alert.Rule) && Includes(labels, alert.Labels)));
            if (next is null || alerts.Count >= Most)
                return alerts;
            after = next;
        }
    }

    // A label that is not there may have any value.
    static bool Includes(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> labels) =>
        wanted.All(label => !labels.TryGetValue(label.Key, out var value) || value == label.Value);
}

/// <summary>The keys of an account.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Rules">Names of the rules that were looked at.</param>
/// <param name="LastEventAt">The newest event of the account that is kept, UTC; null when none is.</param>
/// <param name="Keys">By rule, the fullest first.</param>
internal sealed record KeysOfAccount(DateTimeOffset At, IReadOnlyList<string> Rules, DateTimeOffset? LastEventAt, IReadOnlyList<CountedKey> Keys);

/// <summary>A key, and how full its window is.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Source">Source of its events.</param>
/// <param name="Labels">The key.</param>
/// <param name="Count">Events in the window.</param>
/// <param name="Threshold">At how many an alert is raised.</param>
/// <param name="ClearBelow">Below how many it is cleared.</param>
/// <param name="AlertId">The alert that is raised; null when none is.</param>
/// <param name="RaisedAt">Since when, UTC.</param>
internal sealed record CountedKey(string Rule, string Source, IReadOnlyDictionary<string, string> Labels, long Count, int Threshold, int ClearBelow,
    Guid? AlertId, DateTimeOffset? RaisedAt);
