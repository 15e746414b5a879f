using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Cli.Consoles;
using Sigma.Evaluator.Backtests;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Storage.Revisions;

namespace Sigma.Cli.Rules;

/// <summary>The rules, as a console has them; it knows who changes them by the token.</summary>
internal sealed class ConsoleRules(ConsoleApi console) : IRules
{
    const int PerPage = 500, LongestHistory = 10_000, UsualAlerts = 10_000, MostAlerts = 100_000;

    static readonly TimeSpan BacktestTimeout = TimeSpan.FromMinutes(11);

    public async Task<IReadOnlyList<ListedRule>> All(CancellationToken ct) =>
        [.. (await console.Get<RulesOfConsole>("rules", ct)).Rules.Select(Of)];

    public async Task<RuleOptions?> Find(string name, long? revision, CancellationToken ct)
    {
        if (await console.Find<RuleOfConsole>(Rule("rules/rule", name, ("revision", revision)), ct) is not { } rule)
            return null;
        return rule.Rule is { } said ? RuleText.Read(said) : throw new RuleTextException([rule.Fault ?? "the console cannot read it"]);
    }

    public async Task<IReadOnlyList<RuleChange>> History(string? name, int top, CancellationToken ct)
    {
        List<RevisionOfConsole> changes = [];
        await foreach (var page in console.Pages<Page<RevisionOfConsole>, RevisionOfConsole>(ConsoleApi.Path("rules/revisions", ("name", name)),
            PerPage, ct))
        {
            changes.AddRange(page.Items);
            if (changes.Count >= LongestHistory || (changes.Count >= top && Enumerable.Range(0, top).All(i => Before(i) is not null)))
                break;
        }
        List<RuleChange> shown = [];
        Dictionary<long, RuleOptions?> read = [];
        foreach (var (i, change) in changes.Take(top).Index())
            shown.Add(new(change.Revision, change.Rule, change.Change, change.IsRemoved, change.By, change.At, change.Why,
                RuleDifference.Between(await Said(Before(i)), await Said(change))));
        return shown;

        RevisionOfConsole? Before(int i) => changes.Skip(i + 1).FirstOrDefault(other => other.Rule == changes[i].Rule);

        // One of a newer version differs in everything.
        async Task<RuleOptions?> Said(RevisionOfConsole? change)
        {
            if (change is null or { IsRemoved: true })
                return null;
            if (read.TryGetValue(change.Revision, out var known))
                return known;
            try
            {
                return read[change.Revision] = await Find(change.Rule, change.Revision, ct);
            }
            catch (RuleTextException)
            {
                return read[change.Revision] = null;
            }
        }
    }

    public async Task<IReadOnlyList<string>> Faults(IReadOnlyList<RuleOptions> rules, CancellationToken ct)
    {
        if (rules.Count == 0)
            return [];
        return (await console.Send<FaultsOfConsole>(HttpMethod.Post, "rules/check", new { rules = rules.Select(Text) }, ct)).Faults;
    }

    public async Task<IReadOnlyList<RuleEdit>> Put(IReadOnlyList<RuleOptions> rules, string by, string? why, CancellationToken ct)
    {
        if (rules.Count == 0)
            return [];
        try
        {
            return (await console.Send<ChangesOfConsole>(HttpMethod.Post, "rules", new { rules = rules.Select(Text), why }, ct)).Changes;
        }
        catch (ConsoleException e) when (e.IsRefusal)
        {
            throw new RuleTextException(e.Faults);
        }
    }

    public Task<IReadOnlyList<RuleEdit>> SetMode(string name, RuleMode mode, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Post, Rule("rules/rule/mode", name), new { mode = mode.ToString().ToLowerInvariant(), why }, ct);

    public Task<IReadOnlyList<RuleEdit>> RollBack(string name, long revision, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Post, Rule("rules/rule/rollback", name), new { revision, why }, ct);

    public Task<IReadOnlyList<RuleEdit>> Clone(string name, string clone, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Post, Rule("rules/rule/clone", name), new { name = clone, why }, ct);

    public Task<IReadOnlyList<RuleEdit>> Remove(string name, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Delete, Rule("rules/rule", name, ("why", why)), null, ct);

    public async Task<FoundBacktest> Backtest(WantedBacktest wanted, IProgress<long> progress, CancellationToken ct)
    {
        SummaryOfConsole? summary = null;
        List<BacktestAlert> alerts = [];
        object body = new
        {
            name = wanted.Name, rule = wanted.Rule is { } rule ? Text(rule) : null, days = wanted.Days,
            alerts = Math.Clamp(wanted.Top, UsualAlerts, MostAlerts),
        };
        try
        {
            await foreach (var line in console.Lines("rules/backtests", body, BacktestTimeout, ct))
                switch (line.TryGetProperty("kind", out var kind) ? kind.GetString() : null)
                {
                    case "progress":
                        progress.Report(line.GetProperty("events").GetInt64());
                        break;
                    case "backtest":
                        summary = console.Read<SummaryOfConsole>(line);
                        break;
                    case "alert":
                        alerts.Add(console.Read<BacktestAlert>(line));
                        break;
                    case "failed":
                        throw new ConsoleException($"The back-test failed: {Screen.OneLine(line.GetProperty("detail").GetString() ?? "")}");
                }
        }
        catch (ConsoleException e) when (e.IsRefusal)
        {
            throw new RuleTextException(e.Faults);
        }
        if (summary is null || alerts.Count < summary.Shown)
            throw new ConsoleException("The back-test broke off before all of it came.");
        // How many keys they are of is known when all are here.
        int? keys = alerts.Count == summary.Alerts ? alerts.Select(alert => Screen.Labels(alert.Labels)).Distinct().Count() : null;
        var source = wanted.Rule?.Source ?? (summary.From is null ? (await Find(wanted.Name!, null, ct))?.Source : null);
        return new(summary.Rule, source, summary.Events, summary.Keys, summary.Alerts, keys, summary.From, summary.To, summary.Gaps,
            [.. alerts.Take(wanted.Top)]);
    }

    async Task<IReadOnlyList<RuleEdit>> Change(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        try
        {
            return [await console.Send<RuleEdit>(method, path, body, ct)];
        }
        catch (ConsoleException e) when (e.IsRefusal)
        {
            throw new RuleTextException(e.Faults);
        }
    }

    static string Rule(string path, string name, params IEnumerable<(string Name, object? Value)> more) =>
        ConsoleApi.Path(path, [("name", name), .. more]);

    static JsonNode? Text(RuleOptions rule) => JsonNode.Parse(RuleText.Write(rule));

    // One that this version cannot read is shown without what it says.
    static ListedRule Of(RuleOfConsole rule)
    {
        var (options, fault) = (default(RuleOptions), rule.Fault);
        try
        {
            options = rule.Rule is { } said ? RuleText.Read(said) : null;
        }
        catch (RuleTextException e)
        {
            fault ??= e.Message;
        }
        return new(rule.Name, options, rule.IsProvisioned ? null : new Revision
        {
            Number = rule.Revision, Name = rule.Name, Change = rule.Change ?? "", By = rule.By ?? "", Why = rule.Why, At = rule.At ?? default,
        }, fault) { IsBuiltIn = rule.IsBuiltIn };
    }

    sealed record RulesOfConsole
    {
        public required IReadOnlyList<RuleOfConsole> Rules { get; init; }
    }

    sealed record RuleOfConsole(string Name, bool IsProvisioned, long Revision, JsonObject? Rule, string? Fault, string? Change, string? By,
        string? Why, DateTimeOffset? At, bool IsBuiltIn = false);

    sealed record RevisionOfConsole(long Revision, string Rule, string Change, bool IsRemoved, string By, string? Why, DateTimeOffset At);

    sealed record FaultsOfConsole
    {
        public required IReadOnlyList<string> Faults { get; init; }
    }

    sealed record ChangesOfConsole
    {
        public required IReadOnlyList<RuleEdit> Changes { get; init; }
    }

    sealed record SummaryOfConsole(string Rule, long Events, int Keys, int Alerts, DateTimeOffset? From, DateTimeOffset? To, int Gaps, int Shown);
}
