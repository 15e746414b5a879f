using System.Data.Common;
using Sigma.Evaluator;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Fetcher;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>
/// Finds out what there is to know of an account's keys. Of events and registers every statement reads those of one account or one key, by an index;
/// none waits for a lock, and all but the shortest run outside a transaction, which in a SQLite file would be its one writer's.
/// </summary>
internal sealed class Explainer(Database database, DbConnection connection, StoredEvents events, RuleSet rules, EvaluatorOptions evaluator,
    FetcherOptions fetcher, LocalTimes local, TimeProvider time)
{
    readonly Dictionary<long, WindowCoverage> _coverage = [];
    IReadOnlyList<RaisedAlert> _raised = [];
    IReadOnlyList<PastEpisode> _lasting = [];

    /// <summary>What the rules that are configured say.</summary>
    public async Task<List<Explanation>> ExplainAll(ExplainQuery query, IEnumerable<Rule> about, CancellationToken ct)
    {
        _raised = [.. (await new RaisedAlertQuery(database).All(ct))
            .Where(alert => alert.Source == query.Source && alert.RaisedAt.ToUnixTimeMilliseconds() <= query.At)];
        _lasting = query.IsNow ? [] : await new EpisodeQuery(connection).At(query.Account, query.Source, query.At, ct);
        List<Explanation> explanations = [];
        foreach (var rule in about)
            explanations.Add(await Explain(query, rule, ct));
        return explanations;
    }

    /// <summary>Alerts of the account that are raised and no rule's as it is configured here.</summary>
    public IEnumerable<OtherAlert> OfOtherRules(ExplainQuery query) =>
        from trigger in _raised
        where trigger.Labels.GetValueOrDefault("account") == query.Account && query.Includes(trigger.Labels)
        let rule = rules.Find(trigger.Rule)
        where rule is null || !rules.IsTriggerOf(rule, trigger.TriggerId, trigger.Labels)
        let heir = rule is null ? rules.FindFormer(trigger.Rule) : null
        select new OtherAlert(trigger, heir is not null && heir.Source == trigger.Source && rules.HasKey(heir, trigger.Labels)
            ? $"under the former name of {Screen.OneLine(heir.Name)}: an evaluator that starts with these settings carries it on"
            : rule is null ? "by a rule these settings do not have: an evaluator that starts with them clears it"
            : "by the rule as it was, with other keys or events: an evaluator that starts with these settings clears it");

    async Task<Explanation> Explain(ExplainQuery query, Rule rule, CancellationToken ct)
    {
        var from = query.At - rule.Window;
        var alike = (await events.Alike(query.Account, from, query.At, ct)).Where(same => query.Includes(same.Labels)).ToList();
        var keys = await Keys(query, rule, alike, ct);
        var keptSince = query.Now - (long)KeyQuery.EventsKeptFor(rules, evaluator).TotalMilliseconds;
        var left = await UncountedEvents.ByRule(events, alike, rule, rules, from, query.At, ct);
        var explanation = new Explanation
        {
            Query = query, Rule = rule, Keys = keys, Uncounted = left, KeptSince = keptSince, Coverage = await Coverage(query, rule.Window, ct),
            NotWatched = NotWatched(query, rule),
        };
        return keys is [var first, ..] ? await Of(explanation, first, rule.TriggerId(first.Labels), ct) : explanation;
    }

    async Task<Explanation> Of(Explanation explanation, KeyInWindow key, Guid trigger, CancellationToken ct)
    {
        var query = explanation.Query;
        var rule = explanation.Rule;
        var window = await CountedWindow.Read(connection, trigger, query.At, rule.Window, key.Limits.ClearBelow, explanation.KeptSince, ct);
        var raised = _raised.FirstOrDefault(t => t.TriggerId == trigger);
        var past = new EpisodeQuery(connection);
        var episodes = await past.Of(rule.FormerNames.Append(rule.Name), rule.Source, key.Labels, ct);
        var episode = episodes.FirstOrDefault(e => raised is not null ? e.AlertId == raised.AlertId : e.Lasts(query.At))
            ?? (raised is null ? episodes.FirstOrDefault(e => e.RaisedAt <= query.At) : null);
        var judgement = await new KeyQuery(database, rules).Judge(rule, key.Labels, query.At,
            raised is not null && explanation.Coverage.Stretches is [.., var newest] ? newest.To : null, ct);
        List<UncountedEvents> left = [.. explanation.Uncounted];
        if (await UncountedEvents.OfExcused(events, trigger, query.At - rule.Window, query.At, local, ct) is { } excused)
            left.Insert(0, excused);
        if (window.Before > 0)
            left.Add(new(UncountedEvents.Older, "left the window before", window.Before, query.At - 2 * rule.Window, query.At - rule.Window, []));
        return explanation with
        {
            Window = window, Reached = judgement.Reached, RaiseAt = judgement.RaiseAt, Raised = raised, JudgedThrough = judgement.JudgedThrough,
            Left = judgement.Left,
            Episodes = episodes, Episode = episode, Uncounted = left,
            Deliveries = (raised?.AlertId ?? episode?.AlertId) is { } alert ? await past.Deliveries(alert, ct) : [],
            Decisions = (raised?.AlertId ?? episode?.AlertId) is { } decided ? await past.Decisions(decided, ct) : [],
            Runs = (raised?.AlertId ?? episode?.AlertId) is { } started ? await past.Runs(started, ct) : [],
        };
    }

    /// <summary>Those with events in the window, those in alert, and the one that was asked for.</summary>
    async Task<List<KeyInWindow>> Keys(ExplainQuery query, Rule rule, List<AlikeEvents> alike, CancellationToken ct)
    {
        Dictionary<Guid, IReadOnlyDictionary<string, string>> keys = [];
        void Add(IReadOnlyDictionary<string, string> key) => keys.TryAdd(rule.TriggerId(key), key);
        foreach (var same in alike.Where(same => !rules.IsOwn(same.Labels) && rule.Watches(same.Labels)))
            Add(rule.KeyOf(same.Labels));
        HashSet<Guid> inAlert = [];
        foreach (var labels in _raised.Where(t => t.Rule == rule.Name && rules.IsTriggerOf(rule, t.TriggerId, t.Labels)).Select(t => t.Labels)
            .Concat(_lasting.Where(e => e.Rule == rule.Name).Select(e => e.Labels)).Where(labels => rule.GroupBy.All(labels.ContainsKey)))
        {
            inAlert.Add(rule.TriggerId(labels));
            if (rule.GroupBy.Contains("account") && query.Includes(labels))
                Add(labels);
        }
        if (keys.Count == 0 && NotWatched(query, rule) is null && query.KeyOf(rule) is { } typed)
            Add(typed);
        var counts = await CountedWindow.Counts(connection, keys.Keys, query.At, rule.Window, ct);
        return [
            .. keys.Select(key => new KeyInWindow(key.Value, counts.GetValueOrDefault(key.Key), rule.LimitsOf(key.Value), inAlert.Contains(key.Key)))
            .OrderByDescending(key => key.Count).ThenByDescending(key => key.InAlert)
            .ThenBy(key => Screen.Labels(key.Labels), StringComparer.Ordinal)];
    }

    /// <summary>Whether what was asked for is never counted.</summary>
    string? NotWatched(ExplainQuery query, Rule rule)
    {
        var labels = query.Labels;
        if (rules.IsOwn(labels))
            return $"code {query.Code} is one the tracker puts into Segware itself (Evaluator__OwnCodes)";
        return rule.PassedOverBy(labels, partly: true) is { } by
            ? $"the rule {(by.Excluded ? "leaves out" : "does not count")} {Named(labels, by.Label)} "
                + $"({(by.Excluded ? "Exclude" : "Include")}__{by.Label})" : null;
    }

    // A rule's labels are named in any case.
    static string Named(Dictionary<string, string> labels, string label) =>
        Screen.OneLine($"{label} {labels.FirstOrDefault(l => l.Key.Equals(label, StringComparison.OrdinalIgnoreCase)).Value}");

    async Task<WindowCoverage> Coverage(ExplainQuery query, long window, CancellationToken ct) =>
        _coverage.TryGetValue(window, out var known)
            ? known : _coverage[window] = await WindowCoverage.Read(database, query, window, fetcher, time, ct);
}
