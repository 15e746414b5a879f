using Microsoft.Extensions.Options;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Evaluator;
using Sigma.Evaluator.Backtests;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Fetcher;
using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Cli.Rules;

/// <summary>The rules, as the database and the settings have them.</summary>
internal sealed class StoredRules(CliSettings settings, TimeProvider time) : IRules
{
    const int LongestHistory = 10_000;

    readonly EvaluatorOptions _evaluator = settings.Of<EvaluatorOptions>("Evaluator");

    public async Task<IReadOnlyList<ListedRule>> All(CancellationToken ct) => await (await Query(ct)).All(ct);

    public async Task<RuleOptions?> Find(string name, long? revision, CancellationToken ct)
    {
        var query = await Query(ct);
        if (revision is { } number)
            return await query.Find(name, number, ct);
        var rule = (await query.All(ct)).FirstOrDefault(rule => rule.Name == name);
        return rule is { Options: null, Fault: { } fault } ? throw new RuleTextException([fault]) : rule?.Options;
    }

    public async Task<IReadOnlyList<RuleChange>> History(string? name, int top, CancellationToken ct)
    {
        // What a change is compared with may be older than what is shown.
        var changes = await (await Query(ct)).History(name, LongestHistory, ct);
        return
        [
            .. changes.Take(top).Select((change, i) => new RuleChange(change.Number, change.Name, change.Change, change.Body is null, change.By,
                change.At, change.Why,
                RuleDifference.Between(Read(changes.Skip(i + 1).FirstOrDefault(other => other.Name == change.Name)), Read(change)))),
        ];
    }

    // Asks no server: beside the rules of the files it knows those of the settings.
    public Task<IReadOnlyList<string>> Faults(IReadOnlyList<RuleOptions> rules, CancellationToken ct) =>
        Task.FromResult(RuleEdits.Faults(new RuleSet(Options.Create(_evaluator)), [.. rules]));

    public async Task<IReadOnlyList<RuleEdit>> Put(IReadOnlyList<RuleOptions> rules, string by, string? why, CancellationToken ct) =>
        await (await Edits(ct)).Put(rules, by, why, ct);

    public async Task<IReadOnlyList<RuleEdit>> SetMode(string name, RuleMode mode, string by, string? why, CancellationToken ct) =>
        await (await Edits(ct)).SetMode(name, mode, by, why, ct);

    public async Task<IReadOnlyList<RuleEdit>> RollBack(string name, long revision, string by, string? why, CancellationToken ct) =>
        await (await Edits(ct)).RollBack(name, revision, by, why, ct);

    public async Task<IReadOnlyList<RuleEdit>> Clone(string name, string clone, string by, string? why, CancellationToken ct) =>
        await (await Edits(ct)).Clone(name, clone, by, why, ct);

    public async Task<IReadOnlyList<RuleEdit>> Remove(string name, string by, string? why, CancellationToken ct) =>
        await (await Edits(ct)).Remove(name, by, why, ct);

    public async Task<FoundBacktest> Backtest(WantedBacktest wanted, IProgress<long> progress, CancellationToken ct)
    {
        var database = await Database(ct);
        var rules = await new RuleQuery(database, _evaluator).Rules(ct);
        var rule = wanted.Rule is { } options ? new Rule(options)
            : rules.Known.FirstOrDefault(known => known.Name == wanted.Name)
                ?? throw new RuleTextException([$"There is no rule {Screen.OneLine(wanted.Name!)}."]);
        if (rule.Kind != Contracts.RuleKind.Count)
            throw new RuleTextException([$"{Screen.OneLine(rule.Name)} is of the kind {rule.Kind}: only of events a history is kept."]);
        Backtest test = new(database, rules, settings.Of<FetcherOptions>("Fetcher").PollInterval);
        var result = await test.Run(rule, time.GetUtcNow().AddDays(-wanted.Days), progress, ct);
        return new(rule.Name, rule.Source, result.Events, result.Keys, result.Alerts.Count,
            result.Alerts.Select(alert => Screen.Labels(alert.Labels)).Distinct().Count(), result.From, result.To, Math.Max(0, result.Stretches - 1),
            [.. result.Alerts.TakeLast(wanted.Top).Reverse()]);
    }

    Task<Database> Database(CancellationToken ct) => DatabaseConnection.Open(settings, ct);

    async Task<RuleQuery> Query(CancellationToken ct) => new(await Database(ct), _evaluator);

    async Task<RuleEdits> Edits(CancellationToken ct) => new(await Database(ct), _evaluator, time);

    // One of a newer version differs in everything.
    static RuleOptions? Read(Revision? change)
    {
        try
        {
            return change?.Body is { } body ? RuleText.Read(body) : null;
        }
        catch (RuleTextException)
        {
            return null;
        }
    }
}
